import { hex } from "./note";
import { sha256 } from "./sha256";

type Json = { [name: string]: unknown };

const added = ["sequence", "persisted_at", "integrity_hash", "salt", "source_ip", "user_agent", "personal"];
const utf8 = new TextEncoder();

/** The hash that an event must have, from its members alone. */
export function eventHash(event: Json): string {
  const members = Object.fromEntries(Object.entries(event).filter(([name]) => !added.includes(name)));
  const { actor, metadata } = event as { actor?: Json; metadata?: Json };
  if (actor) members["actor"] = leavingOut(actor, ["name", "email"]);
  if (metadata) members["metadata"] = leavingOut(metadata, ["personal"]);
  // Erased or masked: the commitment stands there in place of what it is of.
  members["personal"] = typeof event["personal"] === "string" ? event["personal"] : commitment(event);
  return digest(utf8.encode(canonical(members)));
}

/** What personal members are hidden behind: salted, so that nobody can guess them. */
function commitment(event: Json): string {
  const { actor, metadata } = event as { actor?: Json; metadata?: Json };
  const personal: Json = pick(event, ["source_ip", "user_agent"]);
  const ofActor = pick(actor ?? {}, ["name", "email"]);
  if (Object.keys(ofActor).length > 0) personal["actor"] = ofActor;
  if (metadata?.["personal"] !== undefined) personal["metadata"] = { personal: metadata["personal"] };
  const salt = fromBase64Url(String(event["salt"] ?? ""));
  const text = utf8.encode(canonical(personal));
  const bytes = new Uint8Array(salt.length + text.length);
  bytes.set(salt);
  bytes.set(text, salt.length);
  return digest(bytes);
}

/** RFC 8785: JavaScript writes numbers and texts as it demands, and sorts names so. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

const digest = (bytes: Uint8Array): string => `sha256:${hex(sha256(bytes))}`;

const pick = (of: Json, names: string[]): Json => Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));

const leavingOut = (of: Json, names: string[]): Json => Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name)));

const fromBase64Url = (text: string): Uint8Array => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
