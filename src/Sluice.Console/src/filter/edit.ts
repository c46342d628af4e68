import { fieldText } from "./fields";
import { parse, type Node, type Term } from "./parse";
import { quote } from "./tokens";

/** What all events of the filter fulfil, each with its text: what is ANDed at the top. Null for a filter that is wrong; nothing for an empty one. */
export function requirements(filter: string): { text: string; node: Node }[] | null {
  if (filter.trim() === "") return [];
  const { root } = parse(filter);
  if (!root) return null;
  const isPlainAnd = root.kind === "and" && filter[root.at] !== "(" || root.kind === "and" && root.at === root.parts[0]?.at;
  const parts = isPlainAnd ? root.parts : [root];
  return parts.map((node) => ({ node, text: filter.slice(node.at, node.end) }));
}

/** The one value that a field must have. */
export function requiredValue(filter: string, field: string): string | null {
  const found = requirements(filter)?.find(({ node }) => isAbout(node, field) && node.op === "EQ");
  return found ? (found.node as Term).values[0] ?? null : null;
}

/** The filter with one more requirement; one of the same field and operator gives way, so that clicking about narrows and never empties. */
export function withTerm(filter: string, path: readonly string[], value: string, op: "EQ" | "NE" = "EQ"): string {
  const term = `${fieldText(path)} ${op} ${quote(value)}`;
  const all = requirements(filter);
  if (!all) return term;
  const name = path.join(".");
  const kept = all.filter(({ node, text }) => text !== term && !(isAbout(node, name) && (node.op === "EQ" || node.op === "IN") && op === "EQ"));
  return joined([...kept.map(({ text, node }) => (node.kind === "or" && text[0] !== "(" ? `(${text})` : text)), term]);
}

/** The filter without the requirement that stands there. */
export const without = (filter: string, index: number): string => joined((requirements(filter) ?? []).filter((_, i) => i !== index).map(({ text }) => text));

/** The filter without what it requires of a field. */
export const withoutField = (filter: string, field: string): string => joined((requirements(filter) ?? []).filter(({ node }) => !isAbout(node, field)).map(({ text }) => text));

/** Whether the filter requires something of the field. */
export const requires = (filter: string, field: string): boolean => requirements(filter)?.some(({ node }) => isAbout(node, field)) ?? false;

const joined = (terms: string[]): string => terms.join(" AND ");

const isAbout = (node: Node, field: string): node is Term => node.kind === "term" && node.path.join(".") === field;
