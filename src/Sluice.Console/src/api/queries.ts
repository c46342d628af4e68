import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "./client";
import { keys } from "./keys";
import type { LedgerName } from "./types";

const seconds = 1000;

const prefixed = <P extends "/v1/audit/log" | "/v1/audit/checkpoints" | "/v1/audit/consistency">(ledger: LedgerName, path: P): P =>
  (ledger === "main" ? path : `/_sluice${path}`) as P;

/** The ledger's name, key and size; asked every other second, which costs the server nothing. */
export const useLog = (ledger: LedgerName = "main") => useQuery({
  queryKey: keys.log(ledger),
  queryFn: ({ signal }) => get(prefixed(ledger, "/v1/audit/log"), { signal }),
  refetchInterval: 2 * seconds,
});

export const useCheckpoints = (ledger: LedgerName = "main", { count = 100, maxSize }: { count?: number; maxSize?: number | undefined } = {}) => useQuery({
  queryKey: [...keys.checkpoints(ledger), count, maxSize],
  queryFn: ({ signal }) => get(prefixed(ledger, "/v1/audit/checkpoints"), { signal, query: { page_size: count, max_size: maxSize } }),
  refetchInterval: maxSize === undefined ? 5 * seconds : false,
  placeholderData: keepPreviousData,
});

export const fetchConsistency = (ledger: LedgerName, from: number, to: number) =>
  get(prefixed(ledger, "/v1/audit/consistency"), { query: { from, to } });

export const useNodes = (enabled = true) => useQuery({
  queryKey: keys.nodes,
  queryFn: ({ signal }) => get("/v1/nodes", { signal }),
  refetchInterval: 5 * seconds,
  enabled,
});

/** The server's own checks of its ledgers: often while one runs, seldom else. */
export const useSelfCheck = () => useQuery({
  queryKey: keys.selfCheck,
  queryFn: ({ signal }) => get("/v1/audit/log/self-check", { signal }),
  refetchInterval: ({ state }) => (state.data?.running ? seconds : 30 * seconds),
});

export const useDestinations = (enabled = true) => useQuery({
  queryKey: keys.destinations,
  queryFn: ({ signal }) => get("/v1/audit/siem", { signal }),
  refetchInterval: 5 * seconds,
  enabled,
});

export const useEvents = (query: { filter?: string; page_size?: number; order?: "asc" | "desc" }, enabled = true) => useQuery({
  queryKey: keys.events(query),
  queryFn: ({ signal }) => get("/v1/audit/events", { signal, query }),
  enabled,
});

/** Every type that Sluice knows; it changes with the server's version only. */
export const useEventTypes = () => useQuery({
  queryKey: keys.eventTypes,
  queryFn: ({ signal }) => get("/v1/audit/event-types", { signal }),
  staleTime: Infinity,
});
