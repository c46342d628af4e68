import { Anchor, Group } from "@mantine/core";
import { useCheckpoints, useLog } from "../../api/queries";
import type { LedgerName } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Facts } from "../../components/Facts";
import { Loaded, Panel } from "../../components/Panel";
import { Time } from "../../components/Time";
import { counted } from "../../text/numbers";

/** What one keeps to check the log with: its name and its public key. */
export function LogPanel({ ledger }: { ledger: LedgerName }) {
  const last = useCheckpoints(ledger).data?.checkpoints[0];
  return (
    <Panel title="The log">
      <Loaded query={useLog(ledger)} height={{ base: 226, sm: 225 }}>
        {(log) => (
          <Facts of={[
            ["Name", <span className="mono">{log.origin}</span>],
            ["Public key", <Group gap={4} wrap="nowrap" align="start"><span className="mono">{log.vkey}</span><CopyButton value={log.vkey} label="Copy the public key" /></Group>],
            ["Events", counted(log.size, "event")],
            ["Signed", last ? <>{counted(last.size, "event")}, <Time at={last.signed_at} as="full" /></> : "Nothing yet: the first event brings the first checkpoint"],
            ["Public files", <Anchor href={ledger === "main" ? "/checkpoint" : "/_sluice/checkpoint"} target="_blank" rel="noreferrer" fz="sm">newest checkpoint</Anchor>],
          ]} />
        )}
      </Loaded>
    </Panel>
  );
}
