import { toPoints, type OutcomePoint } from "../../components/outcomes";
import type { Stats } from "../../api/types";
import { millis } from "../../text/times";

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Widths of bars that people can name. */
const steps = [second, 5 * second, 15 * second, 30 * second, minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day, 366 * day];

const mostBars = 80;

/** The narrowest bars that are not too many. */
export const stepFor = (span: number): number => steps.find((step) => span / step <= mostBars) ?? (steps.at(-1) as number);

/** As the API takes it. */
export function intervalText(step: number): string {
  if (step % day === 0) return `${step / day}d`;
  if (step % hour === 0) return `${step / hour}h`;
  return step % minute === 0 ? `${step / minute}m` : `${step / second}s`;
}

/** "per 15 minutes" */
export function perWords(step: number): string {
  const units: [number, string][] = [[day, "day"], [hour, "hour"], [minute, "minute"], [second, "second"]];
  const [unit, name] = units.find(([width]) => step % width === 0) ?? [second, "second"];
  return step === unit ? `per ${name}` : `per ${step / unit} ${name}s`;
}

/** Daily counts of all there is, in bars that are not too many; nothing for nothing. Days are those of clocks so far ahead of UTC. */
export function ofAllTime(groups: Stats["groups"], ahead = 0): { points: OutcomePoint[]; step: number } {
  const starts = groups.map((group) => millis(group.start ?? ""));
  if (starts.length === 0) return { points: [], step: day };
  const [from, to] = [Math.min(...starts), Math.max(...starts)];
  const step = Math.max(day, stepFor(to - from + day));
  const daily = toPoints(groups, from, to, day, ahead);
  const points = toPoints([], from, to, step, ahead);
  const first = points[0]?.at ?? 0;
  for (const { at, ...counts } of daily) {
    const bar = points[Math.floor((at - first) / step)];
    if (bar) for (const name of ["success", "failure", "denied"] as const) bar[name] += counts[name];
  }
  return { points, step };
}

/** The time that bars cover from one to another, whichever is the first. */
export function spanOf(points: readonly OutcomePoint[], step: number, one: number, other: number): { from: number; to: number } | null {
  const [first, last] = [points[Math.min(one, other)], points[Math.max(one, other)]];
  return first && last ? { from: first.at, to: last.at + step } : null;
}

/** The bar at a place between the left (0) and the right edge (1). */
export const barAt = (share: number, bars: number): number => Math.max(0, Math.min(bars - 1, Math.floor(share * bars)));
