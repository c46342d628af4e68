import type { CheckedLedger, SelfCheck } from "../../api/types";
import { count, counted } from "../../text/numbers";
import { duration, millis } from "../../text/times";

export const ledgerName = (ledger: string): string => (ledger === "main" ? "The ledger" : "Sluice’s own ledger");

/** "1,203,441 events and 912 signed checkpoints, in 24 s" */
export function extent(check: SelfCheck): string {
  const events = check.ledgers.reduce((sum, ledger) => sum + ledger.size - ledger.first_sequence, 0);
  const checkpoints = check.ledgers.reduce((sum, ledger) => sum + ledger.checkpoints, 0);
  return `${counted(events, "event")} and ${counted(checkpoints, "signed checkpoint")}, in ${took(check)}`;
}

/** Whole seconds say nothing of a ledger that was soon read. */
function took({ started_at, ended_at }: SelfCheck): string {
  const seconds = (millis(ended_at) - millis(started_at)) / 1000;
  return seconds < 1 ? "less than a second" : duration(seconds);
}

/** Which events are wrong: "at event 4,711", "somewhere from event 0 to 255"; nothing when it is no event. */
export function where({ fault }: CheckedLedger): string {
  if (fault?.first_sequence == null) return "";
  const { first_sequence: first, last_sequence: last } = fault;
  return last == null || last === first ? `at event ${count(first)}` : `somewhere from event ${count(first)} to ${count(last)}`;
}

/** How far it is, in percent; nothing until it is known. */
export const progress = (events: number, expected: number): number | null => (expected > 0 ? Math.min(100, Math.floor((100 * events) / expected)) : null);
