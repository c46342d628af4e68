import { hexOf, isReadable, mix } from "./colours";

/** How the page around the viewer wants it to look. What stands here has been checked, and may go into a style. */
export interface Look {
  theme: "light" | "dark" | "auto";
  /** #rrggbb */
  accent: string | null;
  /** #rrggbb */
  background: string | null;
  /** A list as CSS takes it. */
  font: string | null;
  /** Of corners, in pixels. */
  radius: number | null;
}

export const plain: Look = { theme: "auto", accent: null, background: null, font: null, radius: null };

const generic = ["serif", "sans-serif", "monospace", "system-ui", "ui-sans-serif", "ui-serif", "ui-monospace", "ui-rounded"];

/** Dimmed text, the faintest that stands on the background: see app/theme.ts. */
const faintest = { light: "#566170", dark: "#98a3b3" };

/** What can be used of it, and a sentence for each that cannot. */
export function readLook(given: Readonly<Record<string, unknown>>): { look: Look; faults: string[] } {
  const faults: string[] = [];
  function read<T>(name: keyof Look, parse: (text: string) => T | null, otherwise: T, expected: string): T {
    const value = given[name];
    if (value === undefined || value === null || value === "") return otherwise;
    const parsed = typeof value === "string" ? parse(value) : null;
    if (parsed === null) faults.push(`'${name}' cannot be used: give ${expected}.`);
    return parsed ?? otherwise;
  }
  const look: Look = {
    theme: read("theme", (text) => (text === "light" || text === "dark" || text === "auto" ? text : null), "auto", "light, dark or auto"),
    accent: read("accent", hexOf, null, "a colour such as #7048e8"),
    background: read("background", hexOf, null, "a colour such as #ffffff"),
    font: read("font", fontOf, null, "names of installed fonts, such as Inter, sans-serif"),
    radius: read("radius", (text) => (/^\d{1,2}$/.test(text) && Number(text) <= 24 ? Number(text) : null), null, "whole pixels from 0 to 24"),
  };
  return { look, faults };
}

/** The background in that theme, and of the panels on it: none that its text could not be read on. */
export function groundIn({ background }: Look, scheme: "light" | "dark"): { body: string; panel: string } | null {
  if (!background) return null;
  const panel = scheme === "light" ? "#ffffff" : mix("#ffffff", background, 0.04);
  return isReadable(faintest[scheme], background) && isReadable(faintest[scheme], panel) ? { body: background, panel } : null;
}

/** Names are quoted here, so that nothing else of CSS can be said. */
function fontOf(text: string): string | null {
  const names = text.split(",").map((name) => name.trim().replace(/^(["'])(.*)\1$/, "$2"));
  if (text.length > 200 || !names.every((name) => /^[A-Za-z0-9][A-Za-z0-9 -]*$/.test(name))) return null;
  return names.map((name) => (generic.includes(name) ? name : `"${name}"`)).join(", ");
}
