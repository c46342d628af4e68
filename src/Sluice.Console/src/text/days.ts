import { millis, type Zone } from "./times";

/** A day in the viewer's zone, from its first moment to the next day's. */
export interface Day {
  /** 2026-03-17 */
  id: string;
  /** "Today", "Yesterday", "Last Tuesday". */
  words: string;
  from: number;
  to: number;
}

/** The day that begins so many days before the one of `now`. */
function dayBefore(now: number, days: number): { from: number; to: number } {
  const midnight = (offset: number) => {
    const at = new Date(now);
    return new Date(at.getFullYear(), at.getMonth(), at.getDate() + offset).getTime();
  };
  return { from: midnight(-days), to: midnight(1 - days) };
}

/** Today and the week before it, each called as people call it. */
export function lastDays(now: number): Day[] {
  return Array.from({ length: 8 }, (_, days) => {
    const { from, to } = dayBefore(now, days);
    const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long" }).format(from);
    return { id: dayId(from), words: days === 0 ? "Today" : days === 1 ? "Yesterday" : `Last ${weekday}`, from, to };
  });
}

/** 2026-03-17, as the viewer's calendar says. */
export function dayId(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** The whole of a day that a calendar field names; null for what is none. */
export function dayOf(id: string): { from: number; to: number } | null {
  const [year = 0, month = 0, day = 0] = id.split("-").map(Number);
  const from = new Date(year, month - 1, day).getTime();
  return /^\d{4}-\d\d-\d\d$/.test(id) && dayId(from) === id ? { from, to: new Date(year, month - 1, day + 1).getTime() } : null;
}

/** The day in which something happened. */
export const dayAround = (at: string): { from: number; to: number } => dayBefore(millis(at), 0);

const format = (options: Intl.DateTimeFormatOptions & Zone, at: number) => new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...options }).format(at);

/** "Tue, 17 Mar 2026" for a whole day, else "17 Mar 2026, 09:00 to 11:30". */
export function spanWords(from: number, to: number, zone: Zone = {}): string {
  const day = { day: "numeric", month: "short", year: "numeric", ...zone } as const;
  const isMidnight = (at: number) => /^00:00:00$/.test(format({ timeStyle: "medium", ...zone }, at));
  if (isMidnight(from) && isMidnight(to) && Math.abs(to - from - 86_400_000) <= 3_600_000) return format({ weekday: "short", ...day }, from);
  const clock = { hour: "2-digit", minute: "2-digit", ...(to - from < 600_000 ? { second: "2-digit" as const } : {}), ...zone } as const;
  const [first, last] = [format(day, from), format(day, to)];
  return `${first}, ${format(clock, from)} to ${first === last ? "" : `${last}, `}${format(clock, to)}`;
}
