import { fieldOf, fields, type Field } from "./fields";
import { operators } from "./parse";
import { isWord, quote, tokenize, type Token } from "./tokens";

/** What may stand where the caret is. */
export interface Slot {
  expects: "field" | "operator" | "value" | "list" | "connective";
  /** What is written of it already: it is replaced. */
  from: number;
  written: string;
  /** The field that a value is for. */
  field: Field | null;
}

export interface Proposal {
  text: string;
  hint: string;
}

const meanings: Record<string, string> = {
  EQ: "is", NE: "is not", IN: "is one of", PREFIX: "begins with", CONTAINS: "contains", GT: "more than, after", GE: "at least, from", LT: "less than, before", LE: "at most, until",
  AND: "and also", OR: "or else", NOT: "everything but", "(": "begin a group", ")": "end of the group",
};

/** What the word at the caret is; null where nothing can be proposed. */
export function slotAt(text: string, caret: number): Slot | null {
  const before = text.slice(0, caret);
  const { tokens, problem } = tokenize(before);
  const words = tokens.filter((token) => token.kind !== "end");
  if (problem) {
    const unclosed = before.indexOf('"', words.at(-1)?.end ?? 0);
    if (problem.at !== before.length || unclosed < 0) return null;
    return slot(words, unclosed, before.slice(unclosed + 1).replace(/\\(.)/g, "$1"));
  }
  const last = words.at(-1);
  if (last && last.end === caret && (last.kind === "name" || last.kind === "dot" || last.kind === "number")) {
    const start = startOfPath(words);
    const at = words[start]?.at ?? caret;
    return slot(words.slice(0, start), at, before.slice(at));
  }
  return slot(words, caret, "");
}

/** Names and dots at the end belong together. */
function startOfPath(words: Token[]): number {
  let start = words.length - 1;
  while (start > 0 && (words[start]?.kind === "dot" || words[start - 1]?.kind === "dot") && ["name", "dot", "quoted"].includes(words[start - 1]?.kind ?? "")) start--;
  return start;
}

/** Walks through the words as the grammar does, and says what comes next. */
function slot(words: Token[], from: number, written: string): Slot {
  let expects: Slot["expects"] = "field";
  let path: string[] = [];
  for (const word of words) {
    if (expects === "field") {
      if (word.kind === "open" || isWord(word, "NOT") && path.length === 0) continue;
      if (word.kind === "dot") continue;
      if ((word.kind === "name" || word.kind === "quoted") && (path.length === 0 || words[words.indexOf(word) - 1]?.kind === "dot")) path = [...path, word.text];
      if (words[words.indexOf(word) + 1]?.kind !== "dot") expects = "operator";
    } else if (expects === "operator") expects = isWord(word, "IN") ? "list" : "value";
    else if (expects === "list") expects = word.kind === "close" ? "connective" : "list";
    else if (expects === "value") expects = "connective";
    else if (word.kind !== "close") [expects, path] = ["field", []];
  }
  return { expects, from, written, field: fieldOf(path) };
}

/** What to propose there. `values` are those of the slot's field that are known. */
export function proposals({ expects, written, field }: Slot, values: readonly Proposal[]): Proposal[] {
  const all = expects === "field" ? [...fields.map(({ name, words }) => ({ text: name, hint: words })), hinted("NOT"), hinted("(")]
    : expects === "operator" ? operators.filter((op) => !isText(op) || field?.kind === "text" || field?.kind === "free").map(hinted)
    : expects === "connective" ? ["AND", "OR", ")"].map(hinted)
    : values.map(({ text, hint }) => ({ text: field?.kind === "number" ? text : quote(text), hint }));
  const sought = written.toLowerCase();
  const found = all.filter(({ text, hint }) => `${text} ${hint}`.toLowerCase().includes(sought));
  return found.toSorted((a, b) => Number(begins(b, sought)) - Number(begins(a, sought))).slice(0, 60);
}

/** The text with a proposal in the slot, and where the caret is then. */
export function complete(text: string, slotOf: Slot, caret: number, chosen: string): { text: string; caret: number } {
  const opens = slotOf.expects === "list" && !/\(\s*$|,\s*$/.test(text.slice(0, slotOf.from)) ? "(" : "";
  const rest = text.slice(caret).replace(/^[A-Za-z0-9_.-]*"?/, (tail) => (slotOf.expects === "connective" ? tail : ""));
  const gap = chosen.endsWith(".") || chosen === "(" || rest.startsWith(" ") ? "" : " ";
  const before = text.slice(0, slotOf.from) + opens + chosen + gap;
  return { text: before + rest, caret: before.length + (rest.startsWith(" ") ? 1 : 0) };
}

const hinted = (word: string): Proposal => ({ text: word, hint: meanings[word] ?? "" });

const isText = (op: string): boolean => op === "PREFIX" || op === "CONTAINS";

const begins = ({ text }: Proposal, sought: string): boolean => text.toLowerCase().replace(/^"/, "").startsWith(sought);
