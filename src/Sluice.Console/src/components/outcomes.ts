import type { Outcome, Stats } from "../api/types";
import { millis } from "../text/times";

/** In the order in which charts stack them. */
export const outcomes: { name: Outcome; area: string }[] = [
  { name: "success", area: "var(--sluice-good-area)" },
  { name: "failure", area: "var(--sluice-warn-area)" },
  { name: "denied", area: "var(--sluice-bad-area)" },
];

/** Events of one interval that begins at `at`. */
export type OutcomePoint = { at: number } & Record<Outcome, number>;

/** Counts by outcome and interval as a chart takes them: every interval from `from` to `to`, those without events too. Times in milliseconds; intervals begin as clocks say that are so far ahead of UTC. */
export function toPoints(groups: Stats["groups"], from: number, to: number, step: number, ahead = 0): OutcomePoint[] {
  const first = Math.floor((from + ahead) / step) * step - ahead;
  const points: OutcomePoint[] = [];
  for (let at = first; at <= to; at += step) points.push({ at, success: 0, failure: 0, denied: 0 });
  for (const group of groups) {
    const point = points[(millis(group.start ?? "") - first) / step];
    if (point) point[group.key["outcome"] as Outcome] += group.count;
  }
  return points;
}

export function totals(points: readonly OutcomePoint[]): Record<Outcome, number> {
  const sum = { success: 0, failure: 0, denied: 0 };
  for (const point of points) for (const { name } of outcomes) sum[name] += point[name];
  return sum;
}
