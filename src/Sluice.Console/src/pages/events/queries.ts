import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../../api/client";
import { keys } from "../../api/keys";
import { useLog } from "../../api/queries";
import type { AuditEvent } from "../../api/types";
import { toPoints } from "../../components/outcomes";
import { aheadAt, offsetText, toApi } from "../../text/times";
import { intervalText, ofAllTime, stepFor } from "./histogram";
import { apiFilter, bounds, type View } from "./view";

const pageSize = 200;
const minute = 60_000;

const source = (isOwn: boolean) => (isOwn ? "sluice" : undefined);

/** Pages of events, the newest first. `now` is from when the view's time is counted: later pages need the same. */
export const useEventPages = ({ filter, when, isOwn }: View, now: number, isEnabled: boolean) => useInfiniteQuery({
  queryKey: keys.events({ filter, when, isOwn, now }),
  queryFn: ({ signal, pageParam }) => get("/v1/audit/events", {
    signal, query: { filter: apiFilter(filter, bounds(when, now)), page_size: pageSize, page_token: pageParam, source: source(isOwn) },
  }),
  initialPageParam: "",
  getNextPageParam: (page) => page.next_page_token,
  placeholderData: keepPreviousData,
  staleTime: Infinity,
  enabled: isEnabled,
});

/** How many events of each outcome, in bars over the view's time. */
export const useHistogram = ({ filter, when, isOwn }: View, now: number, isEnabled: boolean) => useQuery({
  queryKey: keys.stats({ of: "histogram", filter, when, isOwn, now }),
  queryFn: async ({ signal }) => {
    const { from, to } = bounds(when, now);
    const step = from === null ? 86_400_000 : stepFor((to ?? now) - from);
    // Where clocks were put back or forward on the way, bars before that begin an hour off.
    const ahead = aheadAt(to ?? now);
    const query = { filter: apiFilter(filter, { from, to }), group_by: "outcome", interval: intervalText(step), utc_offset: offsetText(ahead), source: source(isOwn) };
    const { groups, total } = await get("/v1/audit/stats", { signal, query });
    return { total, ...(from === null ? ofAllTime(groups, ahead) : { points: toPoints(groups, from, (to ?? now) - 1, step, ahead), step }) };
  },
  placeholderData: keepPreviousData,
  staleTime: Infinity,
  enabled: isEnabled,
});

/** The newest event whenever it was, for a list that is empty: leads to where there are some. */
export const useNewest = ({ filter, isOwn }: View, isEnabled: boolean) => useQuery({
  queryKey: keys.events({ newest: filter, isOwn }),
  queryFn: async ({ signal }): Promise<AuditEvent | null> => (await get("/v1/audit/events", { signal, query: { filter, page_size: 1, source: source(isOwn) } })).events[0] ?? null,
  enabled: isEnabled,
});

/** Where what matches came from, the most frequent first. */
export const useAddresses = ({ filter, when, isOwn }: View, now: number, isEnabled: boolean) => useQuery({
  queryKey: keys.stats({ of: "addresses", filter, when, isOwn, now }),
  queryFn: async ({ signal }) => {
    const stats = await get("/v1/audit/stats", { signal, query: { filter: apiFilter(filter, bounds(when, now)), group_by: "source_ip", source: source(isOwn) } });
    return { total: stats.total, addresses: stats.groups.map((group) => ({ address: group.key["source_ip"] as string | null, count: group.count })) };
  },
  placeholderData: keepPreviousData,
  enabled: isEnabled,
});

const fewEvents = 300_000;

/** From when on values are collected: all of a ledger that is soon read, else the last month. */
function useCollected(): string | undefined {
  const size = useLog().data?.size;
  const [monthAgo] = useState(() => Math.floor(Date.now() / 3_600_000) * 3_600_000 - 30 * 86_400_000);
  if (size === undefined) return undefined;
  return size < fewEvents ? "" : `timestamp GE "${toApi(monthAgo)}"`;
}

export interface Person {
  id: string;
  name: string | null;
  email: string | null;
  count: number;
}

const mostPeople = 5_000;

/** Who there is, the busiest first. */
export const usePeople = (isOwn: boolean, isEnabled: boolean) => {
  const filter = useCollected();
  return useQuery({
    queryKey: keys.stats({ of: "people", filter, isOwn }),
    queryFn: async ({ signal }) => {
      const stats = await get("/v1/audit/stats", { signal, query: { filter, group_by: "actor.id,actor.name,actor.email", limit: mostPeople, source: source(isOwn) } });
      return stats.groups.map(({ key, count }) => ({ id: String(key["actor.id"]), name: textOf(key["actor.name"]), email: textOf(key["actor.email"]), count }) satisfies Person);
    },
    staleTime: 5 * minute,
    enabled: isEnabled && filter !== undefined,
  });
};

/** The values of a field, the most frequent first. */
export const useKnownValues = (field: string | null, isOwn: boolean) => {
  const filter = useCollected();
  return useQuery({
    queryKey: keys.stats({ of: "values", field, filter, isOwn }),
    queryFn: async ({ signal }) => {
      const stats = await get("/v1/audit/stats", { signal, query: { filter, group_by: field, limit: 200, source: source(isOwn) } });
      return stats.groups.flatMap(({ key, count }) => (key[field ?? ""] === null ? [] : [{ value: String(key[field ?? ""]), count }]));
    },
    staleTime: 5 * minute,
    enabled: field !== null && filter !== undefined,
  });
};

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
