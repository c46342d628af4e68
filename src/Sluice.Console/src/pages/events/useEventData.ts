import { useCallback, useEffect, useMemo, useState } from "react";
import type { AuditEvent } from "../../api/types";
import { parse } from "../../filter/parse";
import { useEventPages, useHistogram } from "./queries";
import { useLive } from "./useLive";
import type { View } from "./view";

export type EventData = ReturnType<typeof useEventData>;

const pace = 20_000;

/** What the page shows of a view: its pages, what arrives above them, and its counts. `isHeld` while somebody reads further down. */
export function useEventData(view: View, isHeld: boolean) {
  const [now, setNow] = useState(() => Date.now());
  const refresh = useCallback(() => setNow(Date.now()), []);
  const isRight = view.filter === "" || parse(view.filter).problem === null;
  const pages = useEventPages(view, now, isRight);
  const live = useLive(view, { isHeld, refresh });
  const counted = useCountedAt(now, live.isOn && !live.isPaused);
  // Rows come first: counting reads everything that matches, and would keep them waiting.
  const histogram = useHistogram(view, counted, isRight && !pages.isPending);
  const rows = useMemo(() => joined(live.shown, pages.data?.pages.flatMap((page) => page.events) ?? []), [live.shown, pages.data]);
  return { now, refresh, isRight, pages, live, histogram, rows };
}

/** Counts follow more slowly: they read everything that matches. */
function useCountedAt(now: number, isLive: boolean): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => setAt(Date.now()), pace);
    return () => clearInterval(timer);
  }, [isLive]);
  return Math.max(at, now);
}

/** What has arrived above what was asked for, each once. */
function joined(fresh: AuditEvent[], paged: AuditEvent[]): AuditEvent[] {
  const top = paged[0]?.sequence ?? -1;
  const newer = fresh.filter((event) => event.sequence > top);
  return newer.length > 0 ? [...newer, ...paged] : paged;
}
