import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { useFocusBack } from "../../../components/useFocusBack";

interface Props {
  title: string;
  children: ReactNode;
  keep: string;
  words: string;
  change: { mutate: () => void; isPending: boolean; error: Error | null };
  onClose: () => void;
}

/** Asks before something stops working. */
export function Confirm({ title, children, keep, words, change, onClose }: Props) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="sm">
        {children}
        {change.error && <ProblemAlert error={change.error} />}
        <Group justify="end" mt="xs"><Button variant="default" onClick={onClose} data-autofocus>{keep}</Button><Button color="red.9" onClick={() => change.mutate()} loading={change.isPending}>{words}</Button></Group>
      </Stack>
    </Modal>
  );
}
