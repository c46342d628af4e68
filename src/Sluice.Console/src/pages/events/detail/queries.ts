import { useQuery } from "@tanstack/react-query";
import { get, getText } from "../../../api/client";
import { keys } from "../../../api/keys";
import type { AuditEvent } from "../../../api/types";
import { judgeInclusion, type InclusionVerdict } from "../../../integrity/inclusion";

/** Which event: an id is unique in its tenant only. */
export interface EventPlace {
  id: string;
  tenant: string;
  isOwn: boolean;
}

const queryOf = ({ tenant, isOwn }: EventPlace) => (isOwn ? { source: "sluice" } : { tenant_id: tenant || undefined });

export const useEvent = (place: EventPlace, known?: AuditEvent) => useQuery({
  queryKey: keys.event(place.id, { ...queryOf(place) }),
  queryFn: ({ signal }) => get("/v1/audit/events/{id}", { signal, path: { id: place.id }, query: queryOf(place) }),
  staleTime: Infinity,
  ...(known ? { placeholderData: known } : {}),
});

/** The event as a profile spells it: JSON set out for reading, text as it is. */
export const useSpelled = (place: EventPlace, profile: string) => useQuery({
  queryKey: keys.event(place.id, { ...queryOf(place), profile }),
  queryFn: async ({ signal }) => {
    const text = await getText("/v1/audit/events/{id}", { signal, path: { id: place.id }, query: { ...queryOf(place), profile } });
    return { isJson: text.startsWith("{"), text: text.startsWith("{") ? JSON.stringify(JSON.parse(text), null, 2) : text };
  },
  staleTime: Infinity,
});

export interface Proved {
  verdict: InclusionVerdict;
  /** When the checkpoint was signed, as the server says: the note itself has no time. */
  signedAt: string | null;
}

/** Fetches the event's proof and checks it in this browser. */
export const useProof = (place: EventPlace) => useQuery({
  queryKey: keys.event(place.id, { ...queryOf(place), proof: true }),
  queryFn: async ({ signal }): Promise<Proved> => {
    const prefix = place.isOwn ? "/_sluice" : "";
    const [event, proof, log] = await Promise.all([
      get("/v1/audit/events/{id}", { signal, path: { id: place.id }, query: queryOf(place) }),
      get(`${prefix}/v1/audit/events/{id}/proof` as "/v1/audit/events/{id}/proof", { signal, path: { id: place.id }, query: place.isOwn ? {} : queryOf(place) }),
      get(`${prefix}/v1/audit/log` as "/v1/audit/log", { signal }),
    ]);
    const { checkpoints } = await get(`${prefix}/v1/audit/checkpoints` as "/v1/audit/checkpoints", { signal, query: { page_size: 1, max_size: proof.tree_size } });
    const signed = checkpoints.find((one) => one.size === proof.tree_size);
    return { verdict: await judgeInclusion(event, proof, log), signedAt: signed?.signed_at ?? null };
  },
  staleTime: Infinity,
});

/** How many events a filter finds; what is related is counted, not listed. */
export const useCount = (filter: string | null, isOwn: boolean) => useQuery({
  queryKey: keys.stats({ of: "count", filter, isOwn }),
  queryFn: async ({ signal }) => (await get("/v1/audit/stats", { signal, query: { filter, source: isOwn ? "sluice" : undefined } })).total,
  enabled: filter !== null,
});
