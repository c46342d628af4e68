export interface LagSample {
  at: number;
  events: number;
  seconds: number;
  /** Events delivered since it was set up; null when the server only kept how far it was behind. */
  delivered: number | null;
}

const step = 1_500;
const minute = 60_000;
const live = 10 * minute;
const day = 24 * 60 * minute;

/** A further sample, unless the last is of this moment. */
export const byTime = (samples: readonly LagSample[], next: LagSample): LagSample[] =>
  thinned(next.at - (samples.at(-1)?.at ?? -Infinity) < step ? [...samples.slice(0, -1), next] : [...samples, next]);

/** Whether what is known goes on without a hole. */
export const isFresh = (samples: readonly LagSample[] | undefined, now: number): samples is readonly LagSample[] => now - (samples?.at(-1)?.at ?? -Infinity) < 2 * minute;

/** The last ten minutes as they were seen, one a minute before, and nothing older than a day. */
function thinned(samples: readonly LagSample[]): LagSample[] {
  const now = samples.at(-1)?.at ?? 0;
  const minuteOf = (sample: LagSample | undefined) => Math.floor((sample?.at ?? -minute) / minute);
  return samples.filter((one, i) => one.at > now - live || (one.at > now - day && minuteOf(one) !== minuteOf(samples[i - 1])));
}

/** The last so many milliseconds, from their beginning on when something is known before. */
export function within(samples: readonly LagSample[], span: number): LagSample[] {
  const from = (samples.at(-1)?.at ?? 0) - span;
  const before = samples.findLast(({ at }) => at < from);
  return [...(before ? [{ ...before, at: from }] : []), ...samples.filter(({ at }) => at >= from)];
}

/** Events a second over the last half minute; null before there is enough to say so. */
export function pace(samples: readonly LagSample[]): number | null {
  const last = samples.at(-1);
  const first = last && samples.find(({ at, delivered }) => at >= last.at - 30_000 && delivered !== null);
  if (!last || !first || last.at - first.at < 1_000) return null;
  return Math.max(0, ((last.delivered ?? 0) - (first.delivered ?? 0)) / ((last.at - first.at) / 1000));
}
