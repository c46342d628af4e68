import type { Tenant } from "../../../api/types";
import { found, type Faults } from "../form/draft";
import { plainTenant } from "../tree";

export interface TenantDraft {
  id: string;
  name: string;
  parent: string;
  test: boolean;
  streaming: boolean;
  exports: boolean;
  requests: number | "";
  events: number | "";
}

export const draftOf = ({ id, name, parent, test, entitlements, rate_limit: limit }: Tenant): TenantDraft => ({
  id, name: name ?? "", parent: parent ?? "", test, streaming: entitlements?.streaming ?? true, exports: entitlements?.exports ?? true, requests: limit?.requests_per_minute ?? "", events: limit?.events_per_minute ?? "",
});

export const newTenant = (parent = ""): TenantDraft => ({ ...draftOf(plainTenant("")), parent });

/** @param taken ids of which something was said */
export const tenantFaults = ({ id, name, parent }: TenantDraft, taken: readonly string[]): Faults => found({
  id: idFault(id.trim(), taken),
  name: name.trim().length > 100 && "At most 100 characters.",
  parent: parent.trim() !== "" && parent.trim() === id.trim() && "It cannot belong to itself.",
});

function idFault(id: string, taken: readonly string[]): string | false {
  if (id === "") return "Type its id, as events have it in tenant_id.";
  if (id.length > 128) return "At most 128 characters.";
  if (id === "_sluice") return "This is the tenant of Sluice itself, of which nothing can be said.";
  return taken.includes(id) && `${id} is there already. Close this, and open it in the list to change it.`;
}

const orNull = <T>(value: T | "") => (value === "" ? null : value);

export const tenantBody = ({ name, parent, test, streaming, exports, requests, events }: TenantDraft) => ({
  name: orNull(name.trim()), parent: orNull(parent.trim()), test, entitlements: { streaming, exports }, rate_limit: { requests_per_minute: orNull(requests), events_per_minute: orNull(events) },
});
