import type { Tenant } from "../../api/types";

/** A tenant in its place: how deep, and whether something was said of it. */
export interface Branch {
  tenant: Tenant;
  depth: number;
  isSaid: boolean;
}

/** What goes for a tenant of which nothing was said. */
export const plainTenant = (id: string): Tenant => ({
  id, name: null, parent: null, test: false, entitlements: { streaming: true, exports: true }, rate_limit: { requests_per_minute: null, events_per_minute: null },
});

/** All tenants that are known, each below the one it belongs to. */
export function treeOf(said: readonly Tenant[], others: readonly string[] = []): Branch[] {
  const all = new Map([...others, ...said.flatMap(({ parent }) => parent ?? [])].map((id) => [id, plainTenant(id)]));
  for (const tenant of said) all.set(tenant.id, tenant);
  const isSaid = new Set(said.map(({ id }) => id));
  const below = new Map<string | null, Tenant[]>();
  for (const tenant of [...all.values()].toSorted((a, b) => titleOf(a).localeCompare(titleOf(b)))) below.set(tenant.parent, [...(below.get(tenant.parent) ?? []), tenant]);
  const branch = (tenant: Tenant, depth: number): Branch[] => [{ tenant, depth, isSaid: isSaid.has(tenant.id) }, ...(below.get(tenant.id) ?? []).flatMap((child) => branch(child, depth + 1))];
  return (below.get(null) ?? []).flatMap((root) => branch(root, 0));
}

export const titleOf = ({ id, name }: Tenant): string => name ?? id;

/** Branches that match, with those above them. */
export function matching(tree: readonly Branch[], matches: (tenant: Tenant) => boolean): Branch[] {
  const shown = new Set<string>();
  const parents = new Map(tree.map(({ tenant }) => [tenant.id, tenant.parent]));
  for (const { tenant } of tree) {
    if (!matches(tenant)) continue;
    for (let id: string | null | undefined = tenant.id; id != null && !shown.has(id); id = parents.get(id)) shown.add(id);
  }
  return tree.filter(({ tenant }) => shown.has(tenant.id));
}
