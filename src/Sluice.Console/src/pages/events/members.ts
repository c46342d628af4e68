import type { AuditEvent } from "../../api/types";

export interface Member {
  path: string[];
  value: string;
  /** A time of the API's. */
  isTime: boolean;
}

export interface Section {
  title: string;
  members: Member[];
}

const sections: [title: string, names: string[]][] = [
  ["Who", ["actor"]],
  ["What", ["action", "category", "outcome", "resource", "service", "tenant_id"]],
  ["From where", ["source_ip", "user_agent", "session_id", "api_key_id", "request_id"]],
  ["Call", ["api_call"]],
  ["Added by the sender", ["metadata"]],
  ["In the ledger", ["id", "sequence", "timestamp", "persisted_at", "integrity_hash", "personal", "salt"]],
];

const times = /^(timestamp|persisted_at|started_at|ended_at)$/;

/** All that an event says, sorted by what people ask. Nothing is left out. */
export function sectionsOf(event: AuditEvent): Section[] {
  const all = flatten(event, []);
  const named = sections.map(([title, names]) => ({ title, members: names.flatMap((name) => all.filter(({ path }) => path[0] === name)) }));
  return named.filter(({ members }) => members.length > 0);
}

function flatten(value: unknown, path: string[]): Member[] {
  if (Array.isArray(value)) {
    if (value.every((one) => one === null || typeof one !== "object")) return value.map((one) => leaf(one, path));
    return [leaf(JSON.stringify(value), path)];
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value);
    return members.length === 0 && path.length > 0 ? [leaf("{}", path)] : members.flatMap(([name, member]) => flatten(member, [...path, name]));
  }
  return [leaf(value, path)];
}

const leaf = (value: unknown, path: string[]): Member => ({ path, value: String(value), isTime: path[0] !== "metadata" && times.test(path.at(-1) ?? "") });

/** Its kind and its name. */
export const resourceOf = ({ resource }: AuditEvent): string => [resource?.type, resource?.name ?? resource?.id].filter(Boolean).join(" ");

/** As people say a member: what its section says already is left out. */
export const memberWords = (path: readonly string[]): string => (path.length > 1 && path[0] !== "resource" ? path.slice(1).join(".") : path.join(" ")).replace(/_/g, " ");
