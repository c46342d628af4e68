import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { fetchConsistency, useLog } from "../../api/queries";
import type { Checkpoint, LedgerName } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { ProblemAlert } from "../../components/ProblemAlert";
import { Badge } from "../../components/StatusBadge";
import { Time } from "../../components/Time";
import { judge, type Verdict } from "../../integrity/consistency";
import { count, counted } from "../../text/numbers";
import type { Pair } from "./useChosenPair";

interface Found extends Verdict {
  older: Checkpoint;
  newer: Checkpoint;
}

/** Whether the older of two checkpoints is the beginning of the newer one, as this browser finds by its own sums. */
export function ConsistencyPanel({ ledger, pair: { older, newer } }: { ledger: LedgerName; pair: Pair }) {
  const vkey = useLog(ledger).data?.vkey;
  const check = useMutation({
    mutationFn: async (chosen: { older: Checkpoint; newer: Checkpoint; vkey: string }): Promise<Found> => {
      const proof = await fetchConsistency(ledger, chosen.older.size, chosen.newer.size);
      return { ...chosen, ...(await judge(chosen.older, chosen.newer, chosen.vkey, proof.hashes ?? [])) };
    },
  });
  return (
    <Panel title="Nothing was changed between two checkpoints">
      {older && newer && vkey ? (
        <Stack gap="sm" mih={296}>
          <Text fz="sm">Was the ledger of {counted(newer.size, "event")} (<Time at={newer.signed_at} />) made from the one of {count(older.size)} (<Time at={older.signed_at} />) by adding only?</Text>
          <div><Button onClick={() => check.mutate({ older, newer, vkey })} loading={check.isPending}>Check in this browser</Button></div>
          {check.error && <ProblemAlert error={check.error} />}
          <div aria-live="polite">{check.data && <Result found={check.data} />}</div>
        </Stack>
      ) : (
        <EmptyState title="Two checkpoints are needed" height={296}>They come with events: at most four a second, and always within a second.</EmptyState>
      )}
    </Panel>
  );
}

function Result({ found }: { found: Found }) {
  const isGood = found.isConsistent && found.areSigned !== false;
  return (
    <Stack gap={6}>
      {isGood
        ? <Badge tone="good" icon={IconShieldCheck} label={`The ledger of ${counted(found.newer.size, "event")} begins with exactly the ${count(found.older.size)} that were signed at the time`} />
        : <Badge tone="bad" icon={IconShieldX} label={found.isConsistent ? "A signature is not that of this log’s key" : "The ledger was changed: its beginning is not what was signed"} />}
      <Text fz="sm">{found.older.size === found.newer.size ? "Both are the same size, and have the same root." : `Both roots follow from the ${counted(found.hashes, "hash", "hashes")} of the proof (RFC 6962).`} {signatures(found.areSigned)}</Text>
      {!isGood && <Text fz="sm">Keep both checkpoints and ask the server’s operator. A backup shows when it happened.</Text>}
    </Stack>
  );
}

function signatures(areSigned: boolean | null): string {
  if (areSigned === null) return "This browser cannot check signatures here; sluice verify does.";
  return areSigned ? "Both signatures are those of this log’s key." : "A signature does not fit this log’s key.";
}
