import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { fetchDated } from "../api/client";
import { keys } from "../api/keys";
import { isSignedOut } from "../api/problem";
import type { Session } from "../api/types";
import { tell } from "./host";

export interface Viewing {
  session: Session;
  /** For how long the token was still good when the server was asked, in milliseconds; by its clock, not by this machine's. */
  left: number;
}

/** Whose events the token shows; null for a token that is not good any more. */
export function useViewing(token: string | null) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [...keys.session, token],
    queryFn: async (): Promise<Viewing | null> => {
      try {
        const { answer, at } = await fetchDated("/v1/session");
        forgetOthers(client, answer.tenant_id);
        return { session: answer, left: Date.parse(answer.expires_at ?? "") - at };
      } catch (error) {
        if (isSignedOut(error)) return null;
        throw error;
      }
    },
    enabled: token !== null,
    staleTime: Infinity,
    refetchOnWindowFocus: "always",
    placeholderData: keepPreviousData,
  });
}

let shown: string | null | undefined;

/** Another tenant's token: nothing that the last one showed is kept. */
function forgetOthers(client: QueryClient, tenant: string | null): void {
  if (shown !== undefined && shown !== tenant) client.removeQueries({ predicate: ({ queryKey: [name] }) => name !== keys.session[0] });
  shown = tenant;
}

const early = 60_000;

/** Asks for the next token before this one ends, and looks whether it has when it should have. */
export function useRenewal(viewing: Viewing | null | undefined): void {
  const client = useQueryClient();
  const { id, tenant_id, expires_at } = viewing?.session ?? {};
  useEffect(() => { if (id) tell("ready", { tenant_id, expires_at }); }, [id, tenant_id, expires_at]);
  useEffect(() => {
    if (!viewing) return;
    const soon = setTimeout(() => tell("token-needed", { reason: "ends_soon" }), viewing.left - Math.min(early, viewing.left / 4));
    const end = setTimeout(() => void client.invalidateQueries({ queryKey: keys.session }), viewing.left + 1_000);
    return () => {
      clearTimeout(soon);
      clearTimeout(end);
    };
  }, [viewing, client]);
}
