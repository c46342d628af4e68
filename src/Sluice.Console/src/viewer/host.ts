import { setBearer } from "../api/client";
import { plain, readLook, type Look } from "./settings";

const prefix = "sluice-viewer:";

/** What the page around the viewer has said so far. */
export interface Given {
  token: string | null;
  look: Look;
  /** It has: a token that is missing now has to be asked for. */
  hasSpoken: boolean;
}

/** Whose pages may show the viewer; the server says. */
const allowed = (document.querySelector<HTMLMetaElement>("meta[name=viewer-origins]")?.content ?? "").split(" ").filter(Boolean);

export const isFramed = window.parent !== window;

let given: Given = { token: null, look: plain, hasSpoken: !isFramed };
let around: string | null = isFramed ? allowed.find((origin) => origin === (location.ancestorOrigins?.[0] ?? originOf(document.referrer))) ?? null : null;
const listeners = new Set<() => void>();

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

export const currentlyGiven = (): Given => given;

export function onGiven(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the page around the viewer something; that page alone gets it. */
export function tell(name: "heard" | "ready" | "token-needed" | "error", detail: object = {}): void {
  if (isFramed && around) window.parent.postMessage({ type: prefix + name, detail }, around);
}

/** Takes what stands behind the address's #, which no server sees, and from then on what the page around the viewer says. */
export function listen(): void {
  const fragment = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  take(fragment["token"], readLook(fragment));
  if (fragment["token"]) history.replaceState(null, "", location.pathname);
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || !allowed.includes(origin) || !isSetting(data)) return;
    around = origin;
    tell("heard");
    given = { ...given, hasSpoken: true };
    take(data.token, data.look ? readLook(data.look) : { look: given.look, faults: [] });
  });
}

interface Setting {
  type: string;
  token?: string | null;
  look?: Record<string, unknown>;
}

const isSetting = (data: unknown): data is Setting => typeof data === "object" && data !== null && (data as Setting).type === `${prefix}set`;

function take(token: unknown, { look, faults }: { look: Look; faults: string[] }): void {
  for (const message of faults) tell("error", { code: "invalid_look", message });
  given = { ...given, token: typeof token === "string" && token ? token : given.token, look };
  setBearer(given.token);
  for (const listener of listeners) listener();
}
