import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { call, get } from "../../api/client";
import { keys } from "../../api/keys";
import type { AccessKey, MachineAccount, Tenant } from "../../api/types";
import { useMay, useSession } from "../../app/session";
import { useKnownValues } from "../events/queries";

export interface AccessData {
  keys: readonly AccessKey[];
  accounts: readonly MachineAccount[];
  /** Null for a tenant's key, which does not see them. */
  tenants: readonly Tenant[] | null;
}

/** Who may come in: all of it together, so that nothing shown contradicts the rest. */
export function useAccessData() {
  const isInstance = useSession().tenant_id === null;
  return useQuery({
    queryKey: keys.access,
    queryFn: async ({ signal }): Promise<AccessData> => {
      const [its, accounts, tenants] = await Promise.all([get("/v1/access/keys", { signal }), get("/v1/access/accounts", { signal }), isInstance ? get("/v1/access/tenants", { signal }) : null]);
      return { keys: its.keys ?? [], accounts: accounts.accounts ?? [], tenants: tenants && (tenants.tenants ?? []) };
    },
    refetchInterval: 10_000,
  });
}

/** Tenants that events came for. */
export function useSeenTenants(): readonly string[] {
  const mayRead = useMay("read_events");
  const isInstance = useSession().tenant_id === null;
  const { data } = useKnownValues(mayRead && isInstance ? "tenant_id" : null, false);
  return useMemo(() => data?.map(({ value }) => value) ?? [], [data]);
}

/** A change; what is shown is asked again. Its answer goes to `then` and is not remembered: it may hold a key. */
export function useChange<Given = void, Answered = unknown>(change: (given: Given) => Promise<Answered>, then: (answered: Answered) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (given: Given) => then(await change(given)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.access }),
  });
}

export const makeKey = (body: object) => call("post", "/v1/access/keys", { body });
export const rotateKey = (id: string, body: object) => call("post", "/v1/access/keys/{id}/rotate", { path: { id }, body });
export const revokeKey = (id: string) => call("delete", "/v1/access/keys/{id}", { path: { id } });
export const makeAccount = (body: object) => call("post", "/v1/access/accounts", { body });
export const changeAccount = (id: string, body: object) => call("put", "/v1/access/accounts/{id}", { path: { id }, body });
export const deleteAccount = (id: string) => call("delete", "/v1/access/accounts/{id}", { path: { id } });
export const changeTenant = (id: string, body: object) => call("put", "/v1/access/tenants/{id}", { path: { id }, body });
export const resetTenant = (id: string) => call("delete", "/v1/access/tenants/{id}", { path: { id } });
