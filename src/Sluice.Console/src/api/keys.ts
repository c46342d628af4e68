import type { LedgerName } from "./types";

/** The names of what is remembered of the server. Whoever changes something invalidates the shortest name that covers it. */
export const keys = {
  session: ["session"] as const,
  signIn: ["sign-in"] as const,
  log: (ledger: LedgerName = "main") => ["log", ledger] as const,
  checkpoints: (ledger: LedgerName = "main") => ["checkpoints", ledger] as const,
  selfCheck: ["self-check"] as const,
  nodes: ["nodes"] as const,
  retention: ["retention"] as const,
  access: ["access"] as const,
  destinations: ["destinations"] as const,
  destination: (id: string) => ["destinations", id] as const,
  /** One part of it: attempts, dead letters, gaps, replays, history. All parts are stale when the destination changes. */
  destinationPart: (id: string, part: string, ...more: string[]) => ["destinations", id, part, ...more] as const,
  /** Those of the catalogue and those that came, together. */
  knownEventTypes: ["event-types", "known"] as const,
  events: (query: object) => ["events", "list", query] as const,
  event: (id: string, of: object = {}) => ["events", "one", id, of] as const,
  eventTypes: ["event-types"] as const,
  stats: (query: object) => ["events", "stats", query] as const,
  /** Whatever counts or lists events: stale when the ledger grows. */
  allEvents: ["events"] as const,
};
