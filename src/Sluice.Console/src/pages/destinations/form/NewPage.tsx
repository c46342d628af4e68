import { Anchor } from "@mantine/core";
import { Link, useLocation, useSearch } from "wouter";
import { call } from "../../../api/client";
import { useMay } from "../../../app/session";
import { EmptyState } from "../../../components/EmptyState";
import { Page } from "../../../components/Page";
import { emptyDraft, toDefinition } from "../definition";
import { isProvider, type Provider } from "../fields";
import { kinds } from "../kinds";
import { useChange } from "../queries";
import { Reason } from "../Reason";
import { DestinationForm } from "./DestinationForm";
import { KindChoice } from "./KindChoice";
import { useDraft } from "./useDraft";

/** First what sort of place, then all about it. */
export function NewPage() {
  const [, navigate] = useLocation();
  const provider = new URLSearchParams(useSearch()).get("provider");
  const mayChange = useMay("manage_destinations");
  if (!mayChange) return <Page title="Add destination"><EmptyState title="Not with this key" height={200}><Reason /></EmptyState></Page>;
  if (!isProvider(provider)) return <Page title="Add destination"><KindChoice onChoose={(one) => navigate(`/destinations/new?provider=${one}`)} /></Page>;
  return (
    <Page title={`Add destination: ${kinds[provider].name}`} tools={<Anchor component={Link} href="/destinations/new" fz="sm">Another provider</Anchor>}>
      <NewForm key={provider} provider={provider} />
    </Page>
  );
}

function NewForm({ provider }: { provider: Provider }) {
  const [, navigate] = useLocation();
  const state = useDraft(() => emptyDraft(provider));
  const create = useChange((force: boolean) => call("post", "/v1/audit/siem", { body: { ...toDefinition(state.draft), ...(force ? { force } : {}) } }), (made) => navigate(`/destinations/${made.id}`));
  return <DestinationForm state={state} tested={toDefinition(state.draft)} onSave={(force) => create.mutate(force)} onCancel={() => navigate("/destinations")} isSaving={create.isPending} error={create.error} isChanged />;
}
