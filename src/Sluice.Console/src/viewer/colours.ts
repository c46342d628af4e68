/** Red, green and blue, each 0 to 255. */
type Colour = readonly [number, number, number];

/** #rgb or #rrggbb; null for anything else. */
export function hexOf(text: string): string | null {
  const [, short, long] = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(text) ?? [];
  if (short) return `#${[...short].map((digit) => digit + digit).join("")}`.toLowerCase();
  return long ? `#${long}`.toLowerCase() : null;
}

const read = (hex: string): Colour => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;

const write = (colour: Colour): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** So much of the one (0 to 1), the rest of the other. */
export function mix(one: string, other: string, share: number): string {
  const [a, b] = [read(one), read(other)];
  return write(a.map((part, index) => part * share + (b[index] ?? 0) * (1 - share)) as unknown as Colour);
}

/** As WCAG defines it, 0 to 1. */
function luminance(hex: string): number {
  const [r, g, b] = read(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** As WCAG defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const enough = 4.6;

/** The colour, as much darker or lighter as it must be to be read on all of these. */
export function readable(colour: string, ...on: string[]): string {
  const isDark = on.every((behind) => luminance(behind) < 0.18);
  for (let share = 1; share > 0; share -= 0.05) {
    const shade = mix(colour, isDark ? "#ffffff" : "#000000", share);
    if (on.every((behind) => contrast(shade, behind) >= enough)) return shade;
  }
  return isDark ? "#ffffff" : "#000000";
}

/** Whether a text of this colour can be read on it. */
export const isReadable = (text: string, on: string): boolean => contrast(text, on) >= 4.5;
