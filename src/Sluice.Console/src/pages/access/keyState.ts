import type { AccessKey } from "../../api/types";
import { millis } from "../../text/times";

export type KeyState = "active" | "ending" | "replaced" | "expired" | "refused";

const soon = 7 * 86_400_000;

/** How a key stands. Revoked ones are gone. A test key is refused while its tenant is no test. */
export function stateOf(key: AccessKey, now: number, testTenants?: ReadonlySet<string>): KeyState {
  const left = key.expires_at === null ? Infinity : millis(key.expires_at) - now;
  if (left <= 0) return "expired";
  if (isTest(key) && testTenants && !testTenants.has(key.tenant_id ?? "")) return "refused";
  if (key.replaced_by !== null) return "replaced";
  return left < soon ? "ending" : "active";
}

export const isTest = ({ prefix }: { prefix: string }): boolean => prefix.startsWith("slc_test_");

/** Beside its icon in the list. */
export const stateWords: Record<KeyState, string> = { active: "active", ending: "ends soon", replaced: "rotating", expired: "expired", refused: "refused" };

/** What it means, and what to do. */
export const stateSentence: Record<KeyState, string> = {
  active: "It works.",
  ending: "It works, and ends within a week. Rotate it, so that nothing stops.",
  replaced: "A newer key has taken its place; this one works until its overlap is over.",
  expired: "It ended, and is refused with 401. What still uses it needs another key; then this one can be revoked, and is gone from the list.",
  refused: "A test key is good only while its tenant is marked as a test, which this one no longer is.",
};

/** Those that want somebody come first, then the newest. */
const order: KeyState[] = ["ending", "refused", "replaced", "active", "expired"];

export function byState(keys: readonly AccessKey[], stateOf: (key: AccessKey) => KeyState): AccessKey[] {
  return keys.toSorted((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)) || b.created_at.localeCompare(a.created_at));
}

/** Every word of the search is in one of the texts. */
export function hasWords(texts: readonly (string | null | undefined)[], search: string): boolean {
  const text = texts.join(" ").toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
