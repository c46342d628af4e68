import { Anchor, Button, Group, SimpleGrid } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "wouter";
import { ProblemError } from "../../../api/problem";
import type { Destination } from "../../../api/types";
import { useMay } from "../../../app/session";
import { EmptyState } from "../../../components/EmptyState";
import { Page } from "../../../components/Page";
import { Loaded } from "../../../components/Panel";
import { counted } from "../../../text/numbers";
import { useDestination } from "../queries";
import { Reason } from "../Reason";
import { AttemptsPanel } from "./AttemptsPanel";
import { DeadLettersPanel } from "./DeadLettersPanel";
import { DeleteButton } from "./DeleteButton";
import { EnabledSwitch } from "./EnabledSwitch";
import { FactsPanel } from "./FactsPanel";
import { GapsPanel } from "./GapsPanel";
import { HistoryPanel } from "./HistoryPanel";
import { LagPanel } from "./LagPanel";
import { ReplaysPanel } from "./ReplaysPanel";
import { StatePanel } from "./StatePanel";

/** One destination: how it is, what to do about it, and all that happened. */
export function DestinationPage({ id }: { id: string }) {
  const query = useDestination(id);
  const isGone = query.error instanceof ProblemError && query.error.status === 410;
  const shown = isGone ? undefined : query.data;
  return (
    <Page title={shown?.name ?? (isGone ? "Deleted destination" : "Destination")} tools={shown && <Tools of={shown} />}>
      <Anchor component={Link} href="/destinations" fz="sm"><Group gap={4}><IconArrowLeft size={14} aria-hidden />All destinations</Group></Anchor>
      {isGone ? <Gone error={query.error as ProblemError} /> : <Loaded query={query} height={420}>{(one) => <Parts of={one} />}</Loaded>}
    </Page>
  );
}

function Tools({ of }: { of: Destination }) {
  const mayChange = useMay("manage_destinations");
  if (!mayChange) return <Reason />;
  if (of.status === "deleting") return null;
  return (
    <Group gap="sm">
      <EnabledSwitch of={of} />
      <Button component={Link} href={`/destinations/${of.id}/edit`} variant="default">Edit</Button>
      <DeleteButton of={of} />
    </Group>
  );
}

function Parts({ of }: { of: Destination }) {
  return (
    <>
      <StatePanel of={of} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <LagPanel id={of.id} />
        <HistoryPanel id={of.id} />
      </SimpleGrid>
      <AttemptsPanel id={of.id} />
      <DeadLettersPanel of={of} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <GapsPanel of={of} />
        <ReplaysPanel of={of} />
      </SimpleGrid>
      <FactsPanel of={of} />
    </>
  );
}

interface Unsent {
  first: number;
  last: number;
  count: number;
}

function Gone({ error }: { error: ProblemError }) {
  const unsent = (error.problem as { unsent?: Unsent | null }).unsent;
  return (
    <section className="panel" role="status">
      <EmptyState title="It is deleted" height={200}>
        {unsent && unsent.count > 0
          ? `It did not get ${counted(unsent.count, "event")}, sequences ${unsent.first} to ${unsent.last}. They stay in the ledger.`
          : "It got everything that was accepted before."} What is in the ledger stays there.
      </EmptyState>
    </section>
  );
}
