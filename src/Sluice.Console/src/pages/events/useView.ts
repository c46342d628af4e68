import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { readView, writeView, type View } from "./view";

/** What is shown, kept in the address: opening an event changes it in place, everything else can be gone back from. */
export function useView(): [View, (change: Partial<View>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const view = useMemo(() => readView(search), [search]);
  const change = useCallback((change: Partial<View>) => {
    const isOpening = Object.keys(change).every((name) => name === "open");
    navigate(`/events${writeView({ ...readView(window.location.search), ...change })}`, { replace: isOpening });
  }, [navigate]);
  return [view, change];
}
