import type { components } from "./schema.gen";

type Problem = components["schemas"]["Problem"];

/** A refusal of the API, or a server that cannot be reached (status 0). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly column: number | undefined;
  readonly requestId: string | undefined;
  readonly problem: Partial<Problem>;

  constructor(status: number, problem: Partial<Problem>, requestId: string | null) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.name = "ProblemError";
    this.status = status;
    this.code = problem.code ?? "unknown";
    this.field = problem.field ?? undefined;
    this.column = problem.column;
    this.requestId = problem.request_id ?? requestId ?? undefined;
    this.problem = problem;
  }

  static async of(response: Response): Promise<ProblemError> {
    const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
    const problem = isProblem ? ((await response.json().catch(() => ({}))) as Partial<Problem>) : {};
    return new ProblemError(response.status, problem, response.headers.get("x-request-id"));
  }

  static unreachable(): ProblemError {
    return new ProblemError(0, { code: "unreachable", detail: "The server cannot be reached." }, null);
  }
}

export const isSignedOut = (error: unknown): boolean => error instanceof ProblemError && error.status === 401;

/** What the reader can do about it; the API's own text says what happened. */
export function whatToDo(error: unknown): string {
  if (!(error instanceof ProblemError)) return "Reload the page. If it happens again, report it with what you did.";
  switch (error.status) {
    case 0: return "Check that the server runs and that your network reaches it. This page asks again by itself.";
    case 401: return "Sign in again.";
    case 403: return "Ask an administrator for a key with the role that this needs, and sign in with it.";
    case 404: return "It may have been deleted. Go back to the list.";
    case 409: case 410: return "Reload to see how things stand now.";
    case 429: return "Wait a minute; this page asks again by itself.";
    case 500: return "Look for the request id in the server's log.";
    case 503: case 507: return "The server's operator has to act; this page asks again by itself.";
    default: return "Change what is named and try again.";
  }
}
