import { ProblemError } from "./problem";
import type { paths } from "./schema.gen";

type Method = "get" | "post" | "put" | "delete";
type Operation<P extends keyof paths, M extends Method> = paths[P][M];

/** Paths that have a method. */
export type PathWith<M extends Method> = { [P in keyof paths]: paths[P][M] extends undefined ? never : P }[keyof paths];

type Json<R> = R extends { content: { "application/json": infer Body } } ? Body : undefined;

/** What a call answers when it succeeds. */
export type Answer<P extends keyof paths, M extends Method> = Operation<P, M> extends { responses: infer R }
  ? Json<R[Extract<keyof R, 200 | 201 | 202 | 204>]> : never;

export type QueryOf<P extends keyof paths, M extends Method> = Operation<P, M> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;

export interface CallOptions {
  /** Values for the braces in the path. */
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

let csrfToken: string | null = null;

/** What calls that change something must carry; the session says it. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

let bearer: string | null = null;

/** Calls are made with this token; nothing that the browser holds by itself goes along then. */
export function setBearer(token: string | null): void {
  bearer = token;
}

/** The address of a call, relative to the server. */
export function address(path: string, options: Pick<CallOptions, "path" | "query"> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(options.path?.[name] ?? "")));
  const given = Object.entries(options.query ?? {}).filter(([, value]) => value != null && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query ? `${filled}?${query}` : filled;
}

/** One call of the API. Its types come from the OpenAPI description; a refusal is thrown as a ProblemError. */
export async function call<M extends Method, P extends PathWith<M>>(method: M, path: P, options: CallOptions = {}): Promise<Answer<P, M>> {
  const response = await send(method, address(path, options), options);
  if (!response.ok) throw await ProblemError.of(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer<P, M>;
}

export const get = <P extends PathWith<"get">>(path: P, options?: CallOptions): Promise<Answer<P, "get">> => call("get", path, options);

/** One call whose answer is taken as the text it is. */
export async function getText<P extends PathWith<"get">>(path: P, options: CallOptions = {}): Promise<string> {
  const response = await send("get", address(path, options), options);
  if (!response.ok) throw await ProblemError.of(response);
  return response.text();
}

/** One call, and what the server's clock said then, in milliseconds since 1970. */
export async function fetchDated<P extends PathWith<"get">>(path: P): Promise<{ answer: Answer<P, "get">; at: number }> {
  const response = await send("get", path, {});
  if (!response.ok) throw await ProblemError.of(response);
  return { answer: (await response.json()) as Answer<P, "get">, at: Date.parse(response.headers.get("date") ?? "") || Date.now() };
}

async function send(method: Method, url: string, { body, signal }: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "get" && csrfToken) headers["X-Sluice-CSRF"] = csrfToken;
  if (bearer) headers["Authorization"] = `Bearer ${bearer}`;
  const request: RequestInit = { method: method.toUpperCase(), headers, credentials: bearer ? "omit" : "same-origin" };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;
  try {
    return await fetch(url, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw ProblemError.unreachable();
  }
}
