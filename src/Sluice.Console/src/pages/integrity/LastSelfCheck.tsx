import { Stack, Text } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import type { CheckedLedger, SelfCheck } from "../../api/types";
import { Badge } from "../../components/StatusBadge";
import { Time } from "../../components/Time";
import { counted } from "../../text/numbers";
import { extent, ledgerName, where } from "./selfCheckWords";

/** What the last one found, and what to do when that is not good. */
export function LastSelfCheck({ check }: { check: SelfCheck }) {
  const wrong = check.ledgers.filter((ledger) => !ledger.passed);
  return (
    <Stack gap={6}>
      {check.passed
        ? <Badge tone="good" icon={IconShieldCheck} label="Everything is as it was signed" />
        : wrong.map((ledger) => <Wrong key={ledger.ledger} ledger={ledger} />)}
      <Text fz="sm"><Time at={check.ended_at} as="full" />{check.node && <> by {check.node}</>}: {extent(check)}{check.passed ? "." : " were right before that."}</Text>
      {!check.passed && <WhatToDo />}
    </Stack>
  );
}

function Wrong({ ledger }: { ledger: CheckedLedger }) {
  return (
    <div>
      <Badge tone="bad" icon={IconShieldX} label={`${ledgerName(ledger.ledger)} is not what was signed${ledger.fault ? ` ${where(ledger)}` : ""}`} />
      <Text fz="sm" mt={4}>{ledger.fault ? ledger.fault.problem : "Who operates the instance sees where."} {ledger.signed_size > 0 ? `The checkpoint of ${counted(ledger.signed_size, "event")} still holds.` : ""}</Text>
    </div>
  );
}

function WhatToDo() {
  return (
    <Text fz="sm" component="ol" m={0} pl={20}>
      <li>Change nothing: copy the data folder or the database to where nobody writes, before anything else.</li>
      <li>Look at the disk. When it is sound, somebody has changed what is stored: treat it as an incident.</li>
      <li>Verify your backups with <span className="mono">sluice verify</span>, the newest first; what came after the first clean one is in the destinations.</li>
    </Text>
  );
}
