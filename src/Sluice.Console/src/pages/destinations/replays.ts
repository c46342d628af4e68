import type { Replay } from "../../api/types";
import { count, counted } from "../../text/numbers";

/** Percent; what was refused is done with too. */
export const progressOf = ({ sent, refused, total, status }: Pick<Replay, "sent" | "refused" | "total" | "status">): number =>
  status === "completed" ? 100 : total ? Math.min(100, (100 * (sent + refused)) / total) : 0;

export function replayInWords({ status, sent, refused, total }: Pick<Replay, "sent" | "refused" | "total" | "status">): string {
  const of = total == null ? `${counted(sent, "event")} sent` : `${count(sent)} of ${counted(total, "event")} sent`;
  return `${status}, ${of}${refused ? `, ${count(refused)} refused` : ""}`;
}

export function sourceOf({ source, from, to }: Pick<Replay, "source" | "from" | "to">): string {
  const range = to < from ? "nothing to send" : `sequences ${count(from)} to ${count(to)}`;
  return source === "gap" ? `A gap, ${range}` : source === "dead_letters" ? "Dead letters" : `A range, ${range}`;
}
