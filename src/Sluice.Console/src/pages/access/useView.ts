import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { readView, writeView, type View } from "./view";

export const placeOf = (view: Partial<View>): string => `/access${writeView({ tab: "keys", find: "", open: null, ...view })}`;

/** What is shown, kept in the address: searching changes it in place, everything else can be gone back from. */
export function useView(): [View, (change: Partial<View>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const view = useMemo(() => readView(search), [search]);
  const show = useCallback((change: Partial<View>) => navigate(placeOf({ ...readView(window.location.search), ...change }), { replace: "find" in change && !("tab" in change) }), [navigate]);
  return [view, show];
}
