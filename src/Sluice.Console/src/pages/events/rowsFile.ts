import type { AuditEvent } from "../../api/types";

const columns: [name: string, of: (event: AuditEvent) => unknown][] = [
  ["sequence", (event) => event.sequence], ["timestamp", (event) => event.timestamp], ["tenant_id", (event) => event.tenant_id], ["actor_id", (event) => event.actor.id], ["actor_name", (event) => event.actor.name],
  ["actor_email", (event) => event.actor.email], ["action", (event) => event.action], ["outcome", (event) => event.outcome], ["resource_type", (event) => event.resource?.type], ["resource_id", (event) => event.resource?.id],
  ["resource_name", (event) => event.resource?.name], ["source_ip", (event) => event.source_ip], ["session_id", (event) => event.session_id], ["request_id", (event) => event.request_id], ["id", (event) => event.id],
];

/** RFC 4180, for spreadsheets. */
export function csv(events: readonly AuditEvent[]): string {
  const lines = [columns.map(([name]) => name), ...events.map((event) => columns.map(([, of]) => cell(of(event))))];
  return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

/** A spreadsheet computes what begins like a formula; whoever sends events must not be the one who says what. */
function cell(value: unknown): string {
  const text = value == null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Gives a text to the reader as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
