import { fieldOf } from "./fields";
import { isWord, tokenize, type FilterProblem, type Token, type TokenKind } from "./tokens";

interface Place {
  at: number;
  end: number;
}

export interface Term extends Place {
  kind: "term";
  path: string[];
  /** Upper case; signs as words. */
  op: string;
  values: string[];
}

export type Node = Term | ({ kind: "not"; of: Node } & Place) | ({ kind: "and" | "or"; parts: Node[] } & Place);

export type Parsed = { root: Node; problem: null } | { root: null; problem: FilterProblem };

const signs: Record<string, string> = { "=": "EQ", "!=": "NE", ">": "GT", ">=": "GE", "<": "LT", "<=": "LE" };
export const operators = ["EQ", "NE", "IN", "PREFIX", "CONTAINS", "GT", "GE", "LT", "LE"];
const mostDepth = 200;

/** Reads a filter as the server does, so that mistakes show while they are made. What values may be is the server's to judge. */
export function parse(text: string): Parsed {
  const { tokens, problem } = tokenize(text);
  try {
    const root = new Parser(tokens, problem).whole();
    return { root, problem: null };
  } catch (error) {
    if (error instanceof Refusal) return { root: null, problem: error.problem };
    throw error;
  }
}

class Refusal extends Error {
  readonly problem: FilterProblem;

  constructor(problem: FilterProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

class Parser {
  private next = 0;
  private depth = 0;
  private readonly tokens: Token[];
  private readonly broken: FilterProblem | null;

  constructor(tokens: Token[], broken: FilterProblem | null) {
    [this.tokens, this.broken] = [tokens, broken];
  }

  whole(): Node {
    const root = this.chain("or");
    return this.is("end") ? root : this.refuse("AND, OR or the end");
  }

  private get current(): Token {
    const token = this.tokens[this.next];
    if (!token) throw new Refusal(this.broken ?? { at: 0, message: "Nothing is there." });
    return token;
  }

  private is(kind: TokenKind): boolean {
    return this.current.kind === kind;
  }

  private take(): Token {
    const token = this.current;
    this.next++;
    return token;
  }

  private chain(kind: "and" | "or"): Node {
    const operand = () => (kind === "or" ? this.chain("and") : this.operand());
    const parts = [operand()];
    while (isWord(this.current, kind.toUpperCase())) {
      this.take();
      parts.push(operand());
    }
    const [first, last] = [parts[0] as Node, parts.at(-1) as Node];
    return parts.length === 1 ? first : { kind, parts, at: first.at, end: last.end };
  }

  private operand(): Node {
    const { at } = this.current;
    if (!isWord(this.current, "NOT")) return this.primary("a field, NOT or (");
    this.take();
    const of = this.primary("a field or (");
    return { kind: "not", of, at, end: of.end };
  }

  private primary(expected: string): Node {
    if (!this.is("open")) return this.term(expected);
    if (++this.depth > mostDepth) throw new Refusal({ at: this.current.at, message: "So many parentheses are hard to read; take some away." });
    const { at } = this.take();
    const inner = this.chain("or");
    if (!this.is("close")) this.refuse("AND, OR or )");
    this.depth--;
    return { ...inner, at, end: this.take().end };
  }

  private term(expected: string): Term {
    const { at } = this.current;
    if (["AND", "OR", "NOT", "IN"].some((word) => isWord(this.current, word))) this.refuse(expected);
    const path = [this.name(expected)];
    while (this.is("dot")) {
      this.take();
      path.push(this.name("a name after the dot"));
    }
    if (!fieldOf(path)) throw new Refusal({ at, message: `There is no field ${path.join(".")}.` });
    const op = this.operator();
    const values = op === "IN" ? this.list() : [this.value()];
    return { kind: "term", path, op, values, at, end: this.tokens[this.next - 1]?.end ?? at };
  }

  private name(expected: string): string {
    return this.is("name") || this.is("quoted") ? this.take().text : this.refuse(expected);
  }

  private operator(): string {
    const { kind, text } = this.current;
    const found = kind === "operator" ? signs[text] : kind === "name" ? operators.find((one) => one === text.toUpperCase()) : undefined;
    if (!found) return this.refuse("EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS");
    this.take();
    return found;
  }

  private list(): string[] {
    if (!this.is("open")) this.refuse("(");
    const values: string[] = [];
    do {
      this.take();
      values.push(this.value());
    } while (this.is("comma"));
    if (!this.is("close")) this.refuse(", or )");
    this.take();
    return values;
  }

  private value(): string {
    const isValue = ["quoted", "number"].includes(this.current.kind) || isWord(this.current, "TRUE") || isWord(this.current, "FALSE");
    return isValue ? this.take().text : this.refuse("a quoted text, a number, true or false");
  }

  private refuse(expected: string): never {
    const { kind, text, at } = this.current;
    const found = kind === "end" ? "the end" : kind === "quoted" ? "a quoted text" : `'${text}'`;
    throw new Refusal({ at, message: `Expected ${expected}, found ${found}.` });
  }
}
