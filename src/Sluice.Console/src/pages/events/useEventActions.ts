import { useCallback } from "react";
import type { AuditEvent } from "../../api/types";
import { withTerm } from "../../filter/edit";
import type { View } from "./view";

/** What can be done with what is shown: open one, close it, and see only those that are like it in something. */
export function useEventActions(view: View, change: (change: Partial<View>) => void) {
  const narrow = useCallback((path: string[], value: string, op?: "EQ" | "NE") => change({ filter: withTerm(view.filter, path, value, op) }), [change, view.filter]);
  const close = useCallback(() => change({ open: null }), [change]);
  const open = useCallback((event: AuditEvent) => change({ open: { id: event.id, tenant: event.tenant_id } }), [change]);
  return { narrow, close, open };
}
