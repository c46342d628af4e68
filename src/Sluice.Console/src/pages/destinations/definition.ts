import { fieldOf, fieldsOf, type Field, type Provider } from "./fields";

export interface HeaderRow {
  name: string;
  /** Empty for a secret that is stored and stays. */
  value: string;
  active: boolean;
  secret: boolean;
  /** It is stored with a value that no answer has. */
  kept: boolean;
}

export type Value = string | number | boolean | string[] | null;

/** What somebody typed. */
export interface Draft {
  provider: Provider;
  values: Record<string, Value>;
  /** Credentials that were typed; null removes one that is set, and absent leaves it. */
  secrets: Record<string, string | null>;
  headers: HeaderRow[];
}

type Stored = Readonly<Record<string, unknown>>;

const usual = (field: Field): Value => field.default ?? (field.kind === "array" ? [] : field.kind === "boolean" ? false : "");

/** A form of a kind with nothing typed yet. */
export function emptyDraft(provider: Provider): Draft {
  const values = Object.fromEntries(fieldsOf(provider).filter(isPlain).map((field) => [field.name, usual(field)]));
  return { provider, values, secrets: {}, headers: [] };
}

/** The form of a destination that is there. */
export function draftOf(provider: Provider, stored: Stored): Draft {
  const values = Object.fromEntries(fieldsOf(provider).filter(isPlain).map((field) => [field.name, (stored[field.name] as Value | undefined) ?? (field.kind === "array" ? [] : "")]));
  const headers = ((stored.headers ?? []) as { name: string; value: string | null; active?: boolean; secret?: boolean }[])
    .map(({ name, value, active = true, secret = false }) => ({ name, value: value ?? "", active, secret, kept: value === null }));
  return { provider, values, secrets: {}, headers };
}

/** The body that creates it: what was left as it is by default is left out. */
export function toDefinition(draft: Draft): Record<string, unknown> {
  const given = Object.entries(draft.values).filter(([name, value]) => !isSame(value, usualOf(draft.provider, name)));
  const secrets = Object.entries(draft.secrets).filter(([, value]) => value);
  return {
    provider: draft.provider, ...Object.fromEntries(given), ...Object.fromEntries(secrets),
    ...(draft.headers.length > 0 ? { headers: headersOf(draft.headers) } : {}),
  };
}

/** The body that changes it: only what differs from what is stored; null clears. */
export function toChanges(draft: Draft, stored: Stored): Record<string, unknown> {
  const before = draftOf(draft.provider, stored);
  const changed = Object.entries(draft.values).filter(([name, value]) => name !== "tenant_id" && name !== "verification_token" && !isSame(value, before.values[name] ?? ""));
  const secrets = Object.entries(draft.secrets).filter(([, value]) => value === null || value !== "");
  return {
    ...Object.fromEntries(changed.map(([name, value]) => [name, value === "" ? null : value])), ...Object.fromEntries(secrets),
    ...(JSON.stringify(draft.headers) === JSON.stringify(before.headers) ? {} : { headers: headersOf(draft.headers) }),
  };
}

/** The members that decide which events pass, and how they look: what a dry run is about. */
export function toDryRun(draft: Draft, days: number): Record<string, unknown> {
  const names = ["tenant_id", "filter", "event_types", "except_event_types", "only_tenants", "include_children", "profile", "fields", "mask_personal", "payload_for"];
  const given = Object.entries(draft.values).filter(([name, value]) => names.includes(name) && !isSame(value, usualOf(draft.provider, name)));
  return { provider: draft.provider, ...Object.fromEntries(given), days };
}

/** Whether something keeps events back: then it has the label "filtered". */
export const isFiltered = ({ values }: Draft): boolean => ["filter", "event_types", "except_event_types", "only_tenants"].some((name) => !isSame(values[name] ?? "", "") && !isSame(values[name] ?? [], []));

/** What has to be given and is not, by its name. */
export function missing(draft: Draft, stored: readonly string[] = []): string[] {
  const viaChangefeed = Boolean(draft.values.changefeed);
  return fieldsOf(draft.provider).filter((field) => field.required && !viaChangefeed)
    .filter(({ name, kind }) => (kind === "secret" ? !draft.secrets[name] && !stored.includes(name) : draft.values[name] === ""))
    .map(({ name }) => name);
}

const isPlain = (field: Field): boolean => field.kind !== "secret" && field.name !== "headers";

const usualOf = (provider: Provider, name: string): Value => {
  const field = fieldOf(provider, name);
  return field ? usual(field) : "";
};

const isSame = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

const headersOf = (rows: HeaderRow[]) => rows.filter(({ name }) => name.trim() !== "")
  .map(({ name, value, active, secret, kept }) => ({ name: name.trim(), ...(kept && value === "" ? {} : { value }), active, secret }));

/** http:// and tcp:// addresses are taken where they are allowed, with a warning. */
export const isInTheClear = (endpoint: Value | undefined): boolean => typeof endpoint === "string" && /^(http|tcp):\/\//i.test(endpoint.trim());

/** As the API decides it when nobody says. */
export const looksSecret = (name: string): boolean => /auth|token|key|secret|cookie/i.test(name);
