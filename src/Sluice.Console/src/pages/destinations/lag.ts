export interface LagSample {
  at: number;
  events: number;
  seconds: number;
  /** Events delivered since it was set up. */
  delivered: number;
}

const step = 1_500;

/** A further sample, unless the last is of this moment. */
export const byTime = (samples: readonly LagSample[], next: LagSample): LagSample[] =>
  next.at - (samples.at(-1)?.at ?? -Infinity) < step ? [...samples.slice(0, -1), next] : [...samples, next];

/** Events a second over the last half minute; null before there is enough to say so. */
export function pace(samples: readonly LagSample[]): number | null {
  const last = samples.at(-1);
  const first = last && samples.find(({ at }) => at >= last.at - 30_000);
  if (!last || !first || last.at - first.at < 1_000) return null;
  return Math.max(0, (last.delivered - first.delivered) / ((last.at - first.at) / 1000));
}
