import type { Destination } from "../../api/types";
import { nameOf } from "./kinds";

/** Something about it wants somebody. */
export const isInTrouble = ({ status, dead_letters: dead }: Destination): boolean => status === "failed" || status === "degraded" || (dead ?? 0) > 0;

/** Every word of the search is in its name, provider, tenant, status, address or error. */
export function matches(destination: Destination, search: string): boolean {
  const { name, provider, tenant_id: tenant, status, last_error: error, filtered, id } = destination;
  const endpoint = "endpoint" in destination ? destination.endpoint : "";
  const text = [name, provider, nameOf(provider), tenant, status, endpoint, error?.class, error?.message, filtered ? "filtered" : "", id].join(" ").toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
