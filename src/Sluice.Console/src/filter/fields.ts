export type FieldKind = "text" | "time" | "number" | "free";

export interface Field {
  name: string;
  kind: FieldKind;
  /** As people say it. */
  words: string;
  /** Few enough different values that they are worth proposing. */
  isCountable?: true;
}

const field = (name: string, words: string, kind: FieldKind = "text", isCountable = false): Field => ({ name, words, kind, ...(isCountable ? { isCountable: true } : {}) });

/** What a filter may name, the most asked for first. Below metadata and its like there may be more. */
export const fields: readonly Field[] = [
  field("actor.id", "who", "text", true),
  field("actor.name", "who, by name", "text", true),
  field("actor.email", "who, by e-mail address", "text", true),
  field("action", "what was done", "text", true),
  field("outcome", "what came of it", "text", true),
  field("source_ip", "from which address", "text", true),
  field("resource.id", "to what", "text", true),
  field("resource.type", "to what kind of thing", "text", true),
  field("resource.name", "to what, by name", "text", true),
  field("category", "kind of event", "text", true),
  field("tenant_id", "whose event", "text", true),
  field("service", "in which service", "text", true),
  field("actor.type", "person or machine", "text", true),
  field("timestamp", "when it happened", "time"),
  field("request_id", "in which request"),
  field("session_id", "in which session"),
  field("user_agent", "with which program", "text", true),
  field("api_key_id", "with which key", "text", true),
  field("api_call.endpoint", "which call", "text", true),
  field("api_call.method", "its method", "text", true),
  field("api_call.url", "its address"),
  field("api_call.http_status", "its status", "number", true),
  field("api_call.grpc_code", "its gRPC code", "text", true),
  field("api_call.error_reason", "why it failed", "text", true),
  field("api_call.started_at", "when it began", "time"),
  field("api_call.ended_at", "when it ended", "time"),
  field("id", "the event"),
  field("sequence", "its place in the ledger", "number"),
  field("persisted_at", "when it was written", "time"),
  field("integrity_hash", "its hash"),
  field("metadata.", "anything that the sender added", "free"),
  field("api_call.request.", "what was asked", "free"),
  field("api_call.response.", "what was answered", "free"),
  field("salt", "its salt"),
  field("personal", "its commitment to personal members"),
];

const open = ["metadata.", "actor.", "resource.", "api_call.request.", "api_call.response."];

/** The field of that name, if there can be one. */
export function fieldOf(path: readonly string[]): Field | null {
  const name = path.join(".");
  const known = path.every((part) => !part.includes(".")) ? fields.find((one) => one.name === name) : undefined;
  if (known) return known;
  if (name === "api_call.request" || name === "api_call.response") return field(name, "", "free");
  const isOpen = open.some((begin) => name.startsWith(begin) && path.length > begin.split(".").length - 1);
  return isOpen ? field(name, "", "free") : null;
}

/** A path as the filter language writes it. */
export const fieldText = (path: readonly string[]): string =>
  path.map((part) => (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(part) ? part : `"${part.replace(/[\\"]/g, "\\$&")}"`)).join(".");
