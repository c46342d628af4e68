import { Modal } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { CreatedAccessKey } from "../../../api/types";
import { useFocusBack } from "../../../components/useFocusBack";
import { ShownOnce } from "./ShownOnce";

/** A key that was just made, and until when the one before it works. It is in the page while it is shown, and nowhere else. */
export interface Made {
  key: CreatedAccessKey;
  oldEnds?: string;
}

interface Props {
  title: string;
  onClose: () => void;
  /** After the key was shown. */
  onDone?: () => void;
  /** The form; it says what was made. */
  children: (onMade: (made: Made) => void) => ReactNode;
}

/** Asks what key to make, and then shows it. */
export function MakingModal({ title, onClose, onDone = onClose, children }: Props) {
  useFocusBack();
  const [made, setMade] = useState<Made | null>(null);
  if (made) return <ShownOnce made={made} onClose={onDone} />;
  return <Modal opened onClose={onClose} title={title} size="lg">{children(setMade)}</Modal>;
}
