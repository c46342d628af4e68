import { SegmentedControl, SimpleGrid } from "@mantine/core";
import { useState } from "react";
import { useMay } from "../../app/session";
import { EmptyState } from "../../components/EmptyState";
import { Page } from "../../components/Page";
import { ranges, type Range } from "../../text/ranges";
import { DenialsPanel } from "./DenialsPanel";
import { DestinationsPanel } from "./DestinationsPanel";
import { OutcomesPanel } from "./OutcomesPanel";
import { useArrivals, useFollowLedger } from "./queries";
import { SelfCheckAlert } from "./SelfCheckAlert";
import { Tiles } from "./Tiles";
import { TopPanel } from "./TopPanel";

const usual = ranges[1] as Range;

export default function OverviewPage() {
  const [mayRead, maySeeDestinations] = [useMay("read_events"), useMay("view_destinations")];
  const [range, setRange] = useState(usual);
  const arrivals = useArrivals();
  useFollowLedger(arrivals.data?.at(-1)?.size);
  if (!mayRead && !maySeeDestinations) return <NothingToSee />;
  return (
    <Page title="Overview" tools={mayRead && <RangeChoice value={range} onChange={setRange} />}>
      <SelfCheckAlert />
      <Tiles arrivals={arrivals} range={range} />
      {mayRead && <OutcomesPanel range={range} setRange={setRange} />}
      <SimpleGrid cols={{ base: 1, md: maySeeDestinations && mayRead ? 3 : 2 }} spacing="md">
        {maySeeDestinations && <DestinationsPanel />}
        {mayRead && <TopPanel title="Top actions" field="action" range={range} />}
        {mayRead && <TopPanel title="Top actors" field="actor.id" range={range} />}
      </SimpleGrid>
      {mayRead && <DenialsPanel />}
    </Page>
  );
}

function RangeChoice({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  return (
    <SegmentedControl
      size="xs" aria-label="How far back" value={value.id} data={ranges.map((range) => range.id)}
      onChange={(id) => onChange(ranges.find((range) => range.id === id) ?? usual)}
    />
  );
}

function NothingToSee() {
  return (
    <Page title="Overview">
      <EmptyState title="This key sends events and sees none" height={240}>Sign in with a key of the role reader, operator, auditor or admin.</EmptyState>
    </Page>
  );
}
