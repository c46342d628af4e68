import type { Destination, DestinationStatus } from "../api/types";

const worst: DestinationStatus[] = ["failed", "degraded", "deleting", "disabled", "active"];

/** Those in trouble first, then those that are furthest behind. */
export const byTrouble = (destinations: readonly Destination[]): Destination[] => destinations.toSorted((a, b) =>
  worst.indexOf(a.status) - worst.indexOf(b.status) || (b.lag.seconds ?? 0) - (a.lag.seconds ?? 0) || (a.name ?? "").localeCompare(b.name ?? ""));

/** "1 failed, 3 active" */
export function tally(destinations: readonly Destination[]): string {
  const counts = worst.map((status) => [destinations.filter((one) => one.status === status).length, status] as const);
  return counts.filter(([count]) => count > 0).map(([count, status]) => `${count} ${status}`).join(", ");
}
