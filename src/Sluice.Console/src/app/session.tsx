import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, type ReactNode } from "react";
import { call, get, setCsrfToken } from "../api/client";
import { keys } from "../api/keys";
import { isSignedOut } from "../api/problem";
import type { Permission, Session } from "../api/types";

/** Who is signed in; null for nobody. */
async function fetchSession(): Promise<Session | null> {
  try {
    return remembered(await get("/v1/session"));
  } catch (error) {
    if (isSignedOut(error)) return remembered(null);
    throw error;
  }
}

function remembered(session: Session | null): Session | null {
  setCsrfToken(session?.csrf_token ?? null);
  return session;
}

export const useSessionQuery = () => useQuery({ queryKey: keys.session, queryFn: fetchSession, staleTime: Infinity, refetchInterval: 60_000, refetchOnWindowFocus: "always" });

/** Signs in with a key; throws the API's refusal. */
export function useSignIn(): (key: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(async (key: string) => {
    const session = remembered(await call("post", "/v1/session", { body: { key } }));
    client.setQueryData(keys.session, session);
  }, [client]);
}

/** Signs out; the sign-in page then forgets everything that was seen. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    try {
      await call("delete", "/v1/session");
    } catch (error) {
      if (!isSignedOut(error)) throw error;
    }
    remembered(null);
    client.setQueryData(keys.session, null);
  }, [client]);
}

/** Nobody is signed in: what somebody saw is forgotten. */
export function useForgetting(): void {
  const client = useQueryClient();
  useEffect(() => client.removeQueries({ predicate: ({ queryKey: [name] }) => name !== keys.session[0] && name !== keys.signIn[0] }), [client]);
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in, on every page but the sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("There is no session here.");
  return session;
}

/** What is not allowed is not offered; the server refuses it all the same. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions?.includes(permission) ?? false;
}
