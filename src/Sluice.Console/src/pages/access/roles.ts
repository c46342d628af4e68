import type { AccessKey, Permission, Role } from "../../api/types";
import table from "./roles.json";

/** Which permissions each role has; a test compares it with the server's. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = table as Record<Role, Permission[]>;

/** The least first. */
export const roles: readonly Role[] = ["writer", "reader", "operator", "auditor", "admin"];

export const roleSentence: Record<Role, string> = {
  writer: "Sends events, and reads nothing: for applications.",
  reader: "Finds, follows, counts, proves and exports events: for collectors and dashboards.",
  operator: "Sets up and runs destinations. Reads no events, makes no keys.",
  auditor: "Sees and exports everything, changes nothing.",
  admin: "May do everything, giving access to others included.",
};

/** What ends with a key or account of the role. */
export const roleLoss: Record<Role, string> = {
  writer: "What sends events with it can send no more; what it did not send is missing here.",
  reader: "What reads, follows or exports events with it gets nothing more.",
  operator: "Nobody can set up, change or test destinations with it any more; streams that run go on.",
  auditor: "Nobody can look at events, destinations or keys with it any more.",
  admin: "Nobody can administer anything with it any more; what it made stays.",
};

export const permissionWords: Record<Permission, string> = {
  send_events: "Send events",
  read_events: "Find, follow, count and prove events",
  export_events: "Export events",
  view_destinations: "See destinations and their history",
  manage_destinations: "Set up, change, test and replay destinations",
  view_access: "See keys, machine accounts and tenants",
  manage_access: "Make, rotate and revoke keys; change accounts and tenants",
  view_operation: "See nodes and retention, with an instance’s key",
  start_self_checks: "Have the ledgers checked now, with an instance’s key",
  manage_retention: "Set how long events are kept, with an instance’s key",
};

/** A first call that shows whether a key works; for a writer, it sends an event. */
export function tryIt(server: string, key: string, { role, name }: Pick<AccessKey, "role" | "name">): string {
  const head = `curl -sS -H 'X-API-Key: ${key}'`;
  if (role === "writer") return `${head} -H 'Content-Type: application/json' -d '${shellText(JSON.stringify({ action: "key.tried", outcome: "success", actor: { type: "machine", id: name } }))}' '${server}/v1/audit/events'`;
  const path: Record<Exclude<Role, "writer">, string> = { reader: "/v1/audit/events?page_size=1", auditor: "/v1/audit/events?page_size=1", operator: "/v1/audit/siem", admin: "/v1/access/keys" };
  return `${head} '${server}${path[role]}'`;
}

const shellText = (text: string): string => text.replace(/'/g, "'\\''");
