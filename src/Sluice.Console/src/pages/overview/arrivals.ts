/** The ledger's size at a moment, in milliseconds. */
export interface Sample {
  at: number;
  size: number;
}

/** Events a second, from one sample to the next. */
export function rates(samples: readonly Sample[]): number[] {
  return samples.slice(1).map((sample, i) => perSecond(samples[i] ?? sample, sample));
}

/** Events a second over the last ten seconds; zero before there are two samples. */
export function currentRate(samples: readonly Sample[]): number {
  const last = samples.at(-1);
  const first = last && samples.find((sample) => last.at - sample.at <= 10_500);
  return first ? perSecond(first, last) : 0;
}

const perSecond = (from: Sample, to: Sample): number => (to.at > from.at ? Math.max(0, ((to.size - from.size) * 1000) / (to.at - from.at)) : 0);
