import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import type { Destination } from "../../../api/types";
import { useMay } from "../../../app/session";
import { EmptyState } from "../../../components/EmptyState";
import { Page } from "../../../components/Page";
import { Loaded } from "../../../components/Panel";
import { draftOf, toChanges } from "../definition";
import { isProvider, type Provider } from "../fields";
import { changeDestination, useChange, useDestination } from "../queries";
import { Reason } from "../Reason";
import { DestinationForm } from "./DestinationForm";
import { useDraft } from "./useDraft";

type Stored = Readonly<Record<string, unknown>>;

/** Everything about a destination that can change. */
export function EditPage({ id }: { id: string }) {
  const query = useDestination(id);
  const mayChange = useMay("manage_destinations");
  return (
    <Page title={`Edit ${query.data?.name ?? "destination"}`}>
      {mayChange
        ? <Loaded query={query} height={480}>{(one) => (isProvider(one.provider) ? <EditForm stored={one} provider={one.provider} /> : null)}</Loaded>
        : <EmptyState title="Not with this key" height={200}><Reason /></EmptyState>}
    </Page>
  );
}

/** Compared with what it was when the page was opened: what others change meanwhile stays. */
function EditForm({ stored: current, provider }: { stored: Destination; provider: Provider }) {
  const [stored] = useState(current);
  const [, navigate] = useLocation();
  const wantsCredentials = new URLSearchParams(useSearch()).has("credentials");
  const state = useDraft(() => draftOf(provider, stored as unknown as Stored));
  const changes = toChanges(state.draft, stored as unknown as Stored);
  const back = () => navigate(`/destinations/${stored.id}`);
  const save = useChange((force: boolean) => changeDestination(stored.id, { ...changes, ...(force ? { force } : {}) }), back);
  return <DestinationForm state={state} stored={stored} tested={{ id: stored.id, ...changes }} wantsCredentials={wantsCredentials} onSave={(force) => save.mutate(force)} onCancel={back} isSaving={save.isPending} error={save.error} isChanged={Object.keys(changes).length > 0} />;
}
