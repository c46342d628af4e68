import { Center } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { keys } from "../api/keys";
import { EmbedProvider } from "../app/embed";
import { ErrorBoundary } from "../app/ErrorBoundary";
import { SessionProvider } from "../app/session";
import { ProblemAlert } from "../components/ProblemAlert";
import { usual, type View } from "../pages/events/view";
import { useRenewal, useViewing } from "./session";
import { ViewerEvents } from "./ViewerEvents";
import { Busy, Waiting, WaitingForFirst } from "./Waiting";

const first: View = { filter: "", when: usual, isOwn: false, open: null };

/** One tenant's events while there is a token for them. What was looked at stays while a token ends and another one comes. */
export function Viewer({ token, hasSpoken }: { token: string | null; hasSpoken: boolean }) {
  const [view, setView] = useState(first);
  const change = useCallback((part: Partial<View>) => setView((before) => ({ ...before, ...part })), []);
  const embed = useMemo(() => ({ show: setView }), []);
  const viewing = useViewing(token);
  useRenewal(viewing.data);
  useRefreshed(token);

  if (token === null) return <WaitingForFirst hasSpoken={hasSpoken} />;
  if (viewing.data === null) return viewing.isPlaceholderData ? <Busy /> : <Waiting hasEnded />;
  if (!viewing.data) return viewing.error ? <Center h="100vh" p="md"><ProblemAlert error={viewing.error} retry={() => void viewing.refetch()} /></Center> : <Busy />;
  const { session } = viewing.data;
  return (
    <ErrorBoundary>
      <SessionProvider session={session}>
        <EmbedProvider embed={embed}><ViewerEvents key={session.tenant_id} view={view} change={change} /></EmbedProvider>
      </SessionProvider>
    </ErrorBoundary>
  );
}

/** Another token may show other events. */
function useRefreshed(token: string | null): void {
  const client = useQueryClient();
  useEffect(() => { void client.invalidateQueries({ predicate: ({ queryKey: [name] }) => name !== keys.session[0] }); }, [client, token]);
}
