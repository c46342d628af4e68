import { parse, type Node } from "../../filter/parse";
import { ranges } from "../../text/ranges";
import { toApi } from "../../text/times";

/** Which time is looked at: so far back from now, from one moment to another, or all there is. */
export type When = { kind: "last"; id: string } | { kind: "span"; from: number; to: number } | { kind: "any" };

/** What the page shows; all of it stands in the address. */
export interface View {
  filter: string;
  when: When;
  /** Sluice's own events, in place of those that were sent. */
  isOwn: boolean;
  /** The event that is open beside the list. */
  open: { id: string; tenant: string } | null;
}

export const usual: When = { kind: "last", id: "24h" };

export function readView(search: string): View {
  const given = new URLSearchParams(search);
  const filter = given.get("filter") ?? "";
  const id = given.get("event");
  return { filter, when: readWhen(given, filter), isOwn: given.get("source") === "sluice", open: id ? { id, tenant: given.get("of") ?? "" } : null };
}

export function writeView({ filter, when, isOwn, open }: View): string {
  const given = new URLSearchParams();
  if (filter) given.set("filter", filter);
  if (when.kind === "span") {
    given.set("from", toApi(when.from));
    given.set("to", toApi(when.to));
  } else if (!same(when, usualFor(filter))) given.set("range", when.kind === "any" ? "any" : when.id);
  if (isOwn) given.set("source", "sluice");
  if (open) given.set("event", open.id);
  if (open) given.set("of", open.tenant);
  const text = given.toString();
  return text ? `?${text}` : "";
}

function readWhen(given: URLSearchParams, filter: string): When {
  const [from, to] = [Date.parse(given.get("from") ?? ""), Date.parse(given.get("to") ?? "")];
  if (from < to) return { kind: "span", from, to };
  const id = given.get("range");
  if (id === "any") return { kind: "any" };
  return ranges.some((range) => range.id === id) ? { kind: "last", id: id as string } : usualFor(filter);
}

const ownTimes = ["timestamp", "id", "sequence", "persisted_at", "integrity_hash", "request_id"];

/** A filter that says itself when or which is not cut off by the usual time. */
const usualFor = (filter: string): When => {
  const { root } = parse(filter);
  return root && names(root).some((name) => ownTimes.includes(name)) ? { kind: "any" } : usual;
};

function names(node: Node): string[] {
  if (node.kind === "term") return [node.path.join(".")];
  return node.kind === "not" ? names(node.of) : node.parts.flatMap(names);
}

const same = (a: When, b: When): boolean => JSON.stringify(a) === JSON.stringify(b);

/** From when and until when, as things stand at `now`. */
export function bounds(when: When, now: number): { from: number | null; to: number | null } {
  if (when.kind === "span") return { from: when.from, to: when.to };
  const back = when.kind === "last" ? ranges.find((range) => range.id === when.id)?.milliseconds : undefined;
  return { from: back === undefined ? null : now - back, to: null };
}

/** The filter with its time, as the API takes it. */
export function apiFilter(filter: string, { from, to }: { from: number | null; to: number | null }): string {
  const terms = [filter.trim() && (from === null && to === null ? filter.trim() : `(${filter.trim()})`)];
  if (from !== null) terms.push(`timestamp GE "${toApi(from)}"`);
  if (to !== null) terms.push(`timestamp LT "${toApi(to)}"`);
  return terms.filter(Boolean).join(" AND ");
}

/** Where a page begins that leads to one event alone. */
export function permalink({ id, tenant_id }: { id: string; tenant_id: string }, isOwn: boolean): string {
  const path = `/events/${encodeURIComponent(id)}`;
  return isOwn ? `${path}?source=sluice` : `${path}?tenant_id=${encodeURIComponent(tenant_id)}`;
}
