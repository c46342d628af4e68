/** The viewer's zone, unless a test says another one. */
export interface Zone {
  timeZone?: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions & Zone): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...options })));
  return known;
}

/** Milliseconds since 1970 of one of the API's times, which have nine fraction digits. */
export const millis = (text: string): number => Date.parse(text.replace(/(\.\d{3})\d+/, "$1"));

/** 16 Mar 2026, 09:01:12 in the viewer's zone. */
export const local = (text: string, zone: Zone = {}): string =>
  format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", ...zone }).format(millis(text));

/** 09:01:12 today, 16 Mar, 09:01:12 this year, else with the year. */
export function brief(text: string, now: number, zone: Zone = {}): string {
  const day = (at: number) => format({ dateStyle: "short", ...zone }).format(at);
  const year = (at: number) => format({ year: "numeric", ...zone }).format(at);
  const at = millis(text);
  const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", ...zone } as const;
  if (day(at) === day(now)) return format(clock).format(at);
  if (year(at) === year(now)) return format({ day: "numeric", month: "short", ...clock }).format(at);
  return local(text, zone);
}

/** 2026-03-16 08:01:12.004 UTC: as precise as the API said it. */
export function utc(text: string): string {
  const [, day, clock, fraction] = /^(\S+)T(\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(text) ?? [];
  const digits = fraction?.replace(/(?:000)+$/, "");
  return `${day} ${clock}${digits ? `.${digits}` : ""} UTC`;
}

/** 2026-03-16 08:01:12 UTC */
export const utcSeconds = (text: string): string => utc(text).replace(/\.\d+/, "");

/** "just now", "12 s ago", "in 3 h". */
export function ago(text: string, now: number): string {
  const seconds = Math.round((now - millis(text)) / 1000);
  if (Math.abs(seconds) < 2) return "just now";
  const words = duration(Math.abs(seconds));
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

/** 45 s, 12 min, 3 h 20 min, 5 d. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) return `${Math.floor(hours / 24)} d`;
  const minutes = Math.floor((seconds % 3600) / 60);
  return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
}

/** How far the viewer's clocks are ahead of UTC at a moment, in milliseconds. */
export const aheadAt = (at: number): number => -new Date(at).getTimezoneOffset() * 60_000;

/** "+05:30", as the API takes it. */
export function offsetText(ahead: number): string {
  const minutes = Math.abs(Math.round(ahead / 60_000));
  return `${ahead < 0 ? "-" : "+"}${[Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":")}`;
}

/** A time for a filter. */
export const toApi = (at: number): string => new Date(at).toISOString();

/** For a chart's axis that spans so many milliseconds. */
export function axisTime(at: number, span: number, zone: Zone = {}): string {
  const clock = { hour: "2-digit", minute: "2-digit", ...zone } as const;
  if (span <= 36 * 3_600_000) return format(clock).format(at);
  if (span <= 8 * 86_400_000) return format({ day: "numeric", month: "short", ...clock }).format(at);
  return format({ day: "numeric", month: "short", ...zone }).format(at);
}
