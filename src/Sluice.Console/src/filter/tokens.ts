export type TokenKind = "name" | "quoted" | "number" | "operator" | "open" | "close" | "comma" | "dot" | "end";

export interface Token {
  kind: TokenKind;
  /** Where it begins and ends in the text. */
  at: number;
  end: number;
  /** As written; a quoted one without its quotes and escapes. */
  text: string;
}

/** What is wrong with a filter, and where. */
export interface FilterProblem {
  at: number;
  message: string;
}

const shapes: [TokenKind, RegExp][] = [
  ["name", /[A-Za-z_][A-Za-z0-9_-]*/y],
  ["number", /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["operator", /<=|>=|!=|[=<>]/y],
  ["open", /\(/y],
  ["close", /\)/y],
  ["comma", /,/y],
  ["dot", /\./y],
];

/** The words of a filter up to its end, or to what cannot be one. */
export function tokenize(text: string): { tokens: Token[]; problem: FilterProblem | null } {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (" \t\r\n".includes(text[at] ?? "none")) at++;
    if (at >= text.length) return { tokens: [...tokens, { kind: "end", at, end: at, text: "" }], problem: null };
    const next = text[at] === '"' ? quoted(text, at) : plain(text, at);
    if ("message" in next) return { tokens, problem: next };
    tokens.push(next);
    at = next.end;
  }
}

function plain(text: string, at: number): Token | FilterProblem {
  for (const [kind, shape] of shapes) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found) return { kind, at, end: at + found.length, text: found };
  }
  return { at, message: "This character has no meaning here. Texts stand in double quotes." };
}

function quoted(text: string, at: number): Token | FilterProblem {
  let content = "";
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '"') return { kind: "quoted", at, end: i + 1, text: content };
    if (text[i] === "\\" && !['"', "\\"].includes(text[++i] ?? "")) return { at: i - 1, message: "A backslash stands only before a quote or another backslash." };
    content += text[i];
  }
  return { at: text.length, message: `The text that begins in column ${columnOf(text, at)} is not closed: it needs a double quote at its end.` };
}

/** A text as the filter language quotes it. */
export const quote = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** Counted from one, in characters as people see them. */
export const columnOf = (text: string, at: number): number => [...text.slice(0, at)].length + 1;

/** Where a column begins. */
export const placeOf = (text: string, column: number): number => [...text].slice(0, column - 1).join("").length;

export const isWord = (token: Token | undefined, word: string): boolean => token?.kind === "name" && token.text.toUpperCase() === word;
