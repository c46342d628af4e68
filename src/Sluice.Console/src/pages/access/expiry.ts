import { dayOf } from "../../text/days";
import { toApi } from "../../text/times";

/** When a key ends: after so many days, with a day, or never. */
export interface Expiry {
  preset: string;
  /** 2026-03-17, for the preset "day". */
  day: string;
}

const dayLong = 86_400_000;

export const expiryPresets: readonly { value: string; label: string; days?: number }[] = [
  { value: "7", label: "in 7 days", days: 7 },
  { value: "30", label: "in 30 days", days: 30 },
  { value: "90", label: "in 90 days", days: 90 },
  { value: "365", label: "in a year", days: 365 },
  { value: "day", label: "with a day of my choice" },
  { value: "never", label: "never" },
];

export const usualExpiry: Expiry = { preset: "90", day: "" };

/** As the API takes it; null for never. A day is good until its end in the viewer's zone. */
export function endOf({ preset, day }: Expiry, now: number): string | null {
  const days = expiryPresets.find(({ value }) => value === preset)?.days;
  if (days !== undefined) return toApi(now + days * dayLong);
  const chosen = preset === "day" ? dayOf(day) : null;
  return chosen && toApi(chosen.to);
}

export function expiryFault(expiry: Expiry, now: number): string | null {
  if (expiry.preset !== "day") return null;
  const chosen = dayOf(expiry.day);
  if (!chosen) return "Choose the last day on which it works.";
  return chosen.to > now ? null : "This day is over.";
}
