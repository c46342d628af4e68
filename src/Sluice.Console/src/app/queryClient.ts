import { QueryCache, QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import { isSignedOut, ProblemError } from "../api/problem";

/** Answers of 400 to 499 are the same the next time; everything else may be a moment's trouble. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const isVerdict = error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429;
  return !isVerdict && failures < 2;
}

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 2_000, refetchOnWindowFocus: true } },
    queryCache: new QueryCache({
      onError: (error) => { if (isSignedOut(error)) void client.invalidateQueries({ queryKey: keys.session }); },
    }),
  });
  return client;
}
