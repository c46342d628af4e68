import { createContext, useContext, type ReactNode } from "react";
import type { View } from "../pages/events/view";

/** The events in another product's page: there is no console around them to lead to. */
export interface Embed {
  /** Shows these events in place of those that are shown. */
  show: (view: View) => void;
}

const EmbedContext = createContext<Embed | null>(null);

export function EmbedProvider({ embed, children }: { embed: Embed; children: ReactNode }) {
  return <EmbedContext value={embed}>{children}</EmbedContext>;
}

/** Null in the console. */
export const useEmbed = (): Embed | null => useContext(EmbedContext);
