import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, get } from "../../api/client";
import { keys } from "../../api/keys";
import { useMay, useSession } from "../../app/session";
import { byTime, isFresh, type LagSample } from "./lag";

const second = 1000;

/** Asked again while it is looked at; gone is gone. */
export const useDestination = (id: string) => useQuery({
  queryKey: keys.destination(id),
  queryFn: ({ signal }) => get("/v1/audit/siem/{id}", { signal, path: { id } }),
  refetchInterval: ({ state }) => (state.error ? false : 2 * second),
});

const part = { refetchInterval: 4 * second, placeholderData: keepPreviousData } as const;

export const useAttempts = (id: string) => useQuery({
  queryKey: keys.destinationPart(id, "attempts"),
  queryFn: ({ signal }) => get("/v1/audit/siem/{id}/attempts", { signal, path: { id } }),
  ...part,
});

export const useDeadLetters = (id: string) => useQuery({
  queryKey: keys.destinationPart(id, "dead-letters"),
  queryFn: ({ signal }) => get("/v1/audit/siem/{id}/dead-letters", { signal, path: { id }, query: { page_size: 1000 } }),
  ...part,
});

export const useDeadLetter = (id: string, sequence: number) => useQuery({
  queryKey: keys.destinationPart(id, "dead-letters", String(sequence)),
  queryFn: ({ signal }) => get("/v1/audit/siem/{id}/dead-letters/{sequence}", { signal, path: { id, sequence } }),
});

export const useGaps = (id: string) => useQuery({
  queryKey: keys.destinationPart(id, "gaps"),
  queryFn: ({ signal }) => get("/v1/audit/siem/{id}/gaps", { signal, path: { id } }),
  ...part,
});

export const useReplays = (id: string) => useQuery({
  queryKey: keys.destinationPart(id, "replays"),
  queryFn: ({ signal }) => get("/v1/audit/siem/{id}/replays", { signal, path: { id } }),
  placeholderData: keepPreviousData,
  refetchInterval: ({ state }) => (state.data?.replays.some(({ status }) => status === "running") ? second : 4 * second),
});

/** What Sluice's own events say of it: set up, changed, degraded, failed, recovered. */
export function useHistory(id: string) {
  const isInstance = useSession().tenant_id === null;
  const whose = isInstance ? { tenant_id: "_sluice" } : { source: "sluice" };
  return useQuery({
    queryKey: keys.destinationPart(id, "history"),
    queryFn: ({ signal }) => get("/v1/audit/events", { signal, query: { ...whose, order: "desc", page_size: 50, filter: `action PREFIX "sluice.destination." AND resource.id EQ "${id}"` } }),
    ...part,
  });
}

/** How far behind it was: by the minute as the server kept it, and since somebody looks as the page sees it. */
export const useLag = (id: string) => useQuery({
  queryKey: keys.destinationPart(id, "lag"),
  queryFn: async ({ client, queryKey, signal }): Promise<LagSample[]> => {
    const seen = client.getQueryData<LagSample[]>(queryKey);
    const before = isFresh(seen, Date.now()) ? seen : (await get("/v1/audit/siem/{id}/lag", { signal, path: { id } })).samples.map(({ at, ...its }) => ({ at: Date.parse(at), ...its, delivered: null }));
    const { lag, totals } = await get("/v1/audit/siem/{id}", { signal, path: { id } });
    return byTime(before, { at: Date.now(), events: lag.events ?? 0, seconds: lag.seconds ?? 0, delivered: totals?.delivered ?? 0 });
  },
  refetchInterval: ({ state }) => (state.error ? false : 2 * second),
  staleTime: 0,
});

/** Event types to choose from: those of the catalogue, and those that came. */
export function useEventTypes() {
  const mayRead = useMay("read_events");
  return useQuery({
    queryKey: keys.knownEventTypes,
    queryFn: async ({ signal }) => {
      const [catalogue, seen] = await Promise.all([
        get("/v1/audit/event-types", { signal }),
        mayRead ? get("/v1/audit/stats", { signal, query: { group_by: "action", limit: 500 } }) : null,
      ]);
      const came = seen?.groups.map((group) => String(group.key.action)) ?? [];
      return { seen: came.toSorted(), known: catalogue.event_types.filter(({ source }) => source !== "sluice").map(({ name }) => name).filter((name) => !came.includes(name)).toSorted() };
    },
    staleTime: 60 * second,
  });
}

/** A change of a destination; what is shown of it is asked again. */
export function useChange<Given = void, Answered = unknown>(change: (given: Given) => Promise<Answered>, then?: (answered: Answered) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: then ?? (() => undefined),
    onSettled: () => client.invalidateQueries({ queryKey: keys.destinations }),
  });
}

export const testDestination = (id: string) => call("post", "/v1/audit/siem/{id}/test", { path: { id } });
/** Before it is saved: all of a new one, or what would change of the one with this id. */
export const testDefinition = (body: Record<string, unknown>) => call("post", "/v1/audit/siem/test", { body });
export const changeDestination = (id: string, body: object) => call("put", "/v1/audit/siem/{id}", { path: { id }, body });
export const startReplay = (id: string, body: object) => call("post", "/v1/audit/siem/{id}/replays", { path: { id }, body });
