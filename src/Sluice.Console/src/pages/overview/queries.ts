import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { get } from "../../api/client";
import { keys } from "../../api/keys";
import { toPoints } from "../../components/outcomes";
import type { Range } from "../../text/ranges";
import { aheadAt, offsetText, toApi } from "../../text/times";
import type { Sample } from "./arrivals";

const since = (range: Range, now: number): string => `timestamp GE "${toApi(now - range.milliseconds)}"`;

/** Counts move on with the clock too, when nothing arrives. */
const standing = { placeholderData: keepPreviousData, refetchInterval: 20_000 } as const;

export const useOutcomes = (range: Range, enabled: boolean) => useQuery({
  queryKey: keys.stats({ of: "outcomes", range: range.id }),
  queryFn: async ({ signal }) => {
    const now = Date.now();
    const ahead = aheadAt(now);
    const stats = await get("/v1/audit/stats", { signal, query: { group_by: "outcome", interval: range.interval, utc_offset: offsetText(ahead), filter: since(range, now) } });
    return toPoints(stats.groups, now - range.milliseconds, now, range.step, ahead);
  },
  enabled,
  ...standing,
});

export const useTop = (field: "action" | "actor.id", range: Range, enabled: boolean) => useQuery({
  queryKey: keys.stats({ of: field, range: range.id }),
  queryFn: async ({ signal }) => {
    const stats = await get("/v1/audit/stats", { signal, query: { group_by: field, limit: 7, filter: since(range, Date.now()) } });
    return stats.groups.map((group) => ({ name: String(group.key[field]), count: group.count }));
  },
  enabled,
  ...standing,
});

const samplesKept = 61;

/** The ledger's size every other second, for two minutes. */
export const useArrivals = () => useQuery({
  queryKey: [...keys.log(), "arrivals"],
  queryFn: async ({ client, queryKey, signal }): Promise<Sample[]> => {
    const { size } = await get("/v1/audit/log", { signal });
    return [...(client.getQueryData<Sample[]>(queryKey) ?? []), { at: Date.now(), size }].slice(-samplesKept);
  },
  // A rate takes two of them, so the second is not long in coming.
  refetchInterval: ({ state }) => ((state.data?.length ?? 0) < 2 ? 400 : 2_000),
  staleTime: 0,
});

const leastPause = 3_900;

/** What counts or lists events is asked again when the ledger has grown, at most every four seconds, and left alone while it has not. */
export function useFollowLedger(size: number | undefined): void {
  const client = useQueryClient();
  const followed = useRef<{ size: number | undefined; at: number }>({ size: undefined, at: 0 });
  useEffect(() => {
    const { size: known, at } = followed.current;
    if (known === undefined) followed.current.size = size;
    if (size === undefined || known === undefined || size === known) return;
    const timer = setTimeout(() => {
      followed.current = { size, at: Date.now() };
      void client.invalidateQueries({ queryKey: keys.allEvents }, { cancelRefetch: false });
    }, Math.max(0, at + leastPause - Date.now()));
    return () => clearTimeout(timer);
  }, [client, size]);
}
