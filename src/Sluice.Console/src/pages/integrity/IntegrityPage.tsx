import { SegmentedControl, SimpleGrid } from "@mantine/core";
import { useState } from "react";
import type { LedgerName } from "../../api/types";
import { useSession } from "../../app/session";
import { Page } from "../../components/Page";
import { CheckpointsPanel } from "./CheckpointsPanel";
import { ConsistencyPanel } from "./ConsistencyPanel";
import { LogPanel } from "./LogPanel";
import { SelfCheckPanel } from "./SelfCheckPanel";
import { useChosenPair } from "./useChosenPair";
import { VerifyPanel } from "./VerifyPanel";

export default function IntegrityPage() {
  const isInstance = useSession().tenant_id === null;
  const [ledger, setLedger] = useState<LedgerName>("main");
  const pair = useChosenPair(ledger);
  return (
    <Page title="Integrity" tools={isInstance && <LedgerChoice value={ledger} onChange={setLedger} />}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <LogPanel ledger={ledger} />
        <VerifyPanel ledger={ledger} />
        <CheckpointsPanel ledger={ledger} pair={pair} />
        <ConsistencyPanel key={ledger} ledger={ledger} pair={pair} />
      </SimpleGrid>
      <SelfCheckPanel />
    </Page>
  );
}

function LedgerChoice({ value, onChange }: { value: LedgerName; onChange: (ledger: LedgerName) => void }) {
  return (
    <SegmentedControl
      size="xs" aria-label="Ledger" value={value} onChange={(ledger) => onChange(ledger as LedgerName)}
      data={[{ value: "main", label: "Events" }, { value: "_sluice", label: "Sluice’s own" }]}
    />
  );
}
