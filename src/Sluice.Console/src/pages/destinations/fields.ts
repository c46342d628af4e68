import { kindFields } from "../../api/kinds.gen";

/** A member of a destination, as the API describes it. */
export interface Field {
  name: string;
  kind: "string" | "integer" | "boolean" | "array" | "choice" | "secret";
  required: boolean;
  nullable: boolean;
  default?: string | number | boolean;
  choices?: readonly string[];
  description: string;
}

export type Provider = keyof typeof kindFields;

export const providers = Object.keys(kindFields) as Provider[];

export const isProvider = (text: string | null | undefined): text is Provider => providers.includes(text as Provider);

export const fieldsOf = (provider: Provider): readonly Field[] => kindFields[provider] as unknown as readonly Field[];

export const fieldOf = (provider: Provider, name: string): Field | undefined => fieldsOf(provider).find((field) => field.name === name);

/** Members that have a place of their own in the form; the others are the provider's, and stand under its name. */
const placed = new Set([
  "name", "enabled", "tenant_id", "endpoint", "headers", "filter", "event_types", "except_event_types", "include_children", "only_tenants", "start_from", "profile", "fields",
  "mask_personal", "max_in_flight", "heartbeat_seconds", "compression", "ca_certificate", "client_certificate", "client_key",
]);

/** The provider's own: what must be given first, then its credentials, then what has a default. */
export function ownFields(provider: Provider): Field[] {
  const rank = (field: Field) => (field.required ? 0 : 2) + (field.kind === "secret" ? 1 : 0) + (field.default === undefined ? 0 : 1);
  return fieldsOf(provider).filter((field) => !placed.has(field.name)).toSorted((a, b) => rank(a) - rank(b));
}

const labels: Record<string, string> = {
  access_key_id: "Access key ID", secret_access_key: "Secret access key", client_email: "Client e-mail", project_id: "Project ID", log_id: "Log ID", token_uri: "Token URI", app_name: "App name",
  sourcetype: "Source type", ca_certificate: "CA certificate", only_tenants: "Only tenants", except_event_types: "Except event types", payload_for: "Payload for", mask_personal: "Leave out personal data",
  include_children: "Tenants below it too", max_in_flight: "Batches at once", heartbeat_seconds: "Heartbeat after seconds", tenant_id: "Tenant", max_bytes: "Largest size in bytes", keep: "Files kept", fields: "Only these members",
};

/** What people call a member. */
export function labelOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return labels[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Add a new private key" */
export const replaceLabel = (name: string): string => `Add a new ${name === "access_key_id" ? "access key ID" : labelOf(name).toLowerCase()}`;
