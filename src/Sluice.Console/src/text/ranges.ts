/** How far back a page looks, and how wide the bars of its charts are. */
export interface Range {
  id: string;
  /** "last hour" */
  words: string;
  milliseconds: number;
  /** As the API takes it. */
  interval: string;
  step: number;
  /** "Events per minute" */
  per: string;
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

export const ranges: readonly Range[] = [
  { id: "15m", words: "last 15 minutes", milliseconds: 15 * minute, interval: "15s", step: minute / 4, per: "15 seconds" },
  { id: "1h", words: "last hour", milliseconds: hour, interval: "1m", step: minute, per: "minute" },
  { id: "24h", words: "last 24 hours", milliseconds: day, interval: "30m", step: hour / 2, per: "half hour" },
  { id: "7d", words: "last 7 days", milliseconds: 7 * day, interval: "3h", step: 3 * hour, per: "3 hours" },
  { id: "30d", words: "last 30 days", milliseconds: 30 * day, interval: "12h", step: day / 2, per: "12 hours" },
];
