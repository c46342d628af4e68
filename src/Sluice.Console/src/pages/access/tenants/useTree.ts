import { useMemo } from "react";
import { useAccess } from "../access";
import { useKnownTenants } from "../form/TenantInput";
import { treeOf, type Branch } from "../tree";

/** Every tenant that is known, below the one it belongs to. */
export function useTree(): Branch[] {
  const { tenants } = useAccess();
  const known = useKnownTenants();
  return useMemo(() => treeOf(tenants ?? [], known.filter((id) => !id.startsWith("_"))), [tenants, known]);
}

export const useBranch = (id: string): Branch | undefined => useTree().find(({ tenant }) => tenant.id === id);
