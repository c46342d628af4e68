import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { call } from "../../../api/client";
import type { Destination, Replay } from "../../../api/types";
import { useMay } from "../../../app/session";
import { EmptyState } from "../../../components/EmptyState";
import { Loaded, Panel } from "../../../components/Panel";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { Time } from "../../../components/Time";
import { count } from "../../../text/numbers";
import { useChange, useReplays } from "../queries";
import { replayInWords, progressOf, sourceOf } from "../replays";
import classes from "./HistoryPanel.module.css";
import { ReplayDialog } from "./ReplayDialog";

/** Sending again: what runs, with its progress, and what ran. */
export function ReplaysPanel({ of }: { of: Destination }) {
  const query = useReplays(of.id);
  const mayChange = useMay("manage_destinations") && of.status !== "deleting";
  const [isAsking, setAsking] = useState(false);
  const stop = useChange((replay: string) => call("delete", "/v1/audit/siem/{id}/replays/{replay}", { path: { id: of.id, replay } }));
  return (
    <Panel title="Replays" tools={mayChange && <Button variant="default" onClick={() => setAsking(true)}>Replay a range</Button>}>
      <Loaded query={query} height={120}>
        {({ replays }) => replays.length === 0
          ? <EmptyState title="Nothing was sent again" height={120}>A replay sends a range of the ledger once more, beside the live stream: for a new dashboard, or after a loss on the other side.</EmptyState>
          : <ul className={classes.list} style={{ maxHeight: 320 }} tabIndex={0} aria-label="Replays">{replays.map((one) => <Row key={one.id} of={one} stop={mayChange ? () => stop.mutate(one.id) : undefined} />)}</ul>}
      </Loaded>
      {stop.error && <ProblemAlert error={stop.error} />}
      {isAsking && <ReplayDialog of={of} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Row({ of, stop }: { of: Replay; stop: (() => void) | undefined }) {
  const percent = progressOf(of);
  return (
    <li className={classes.row}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Stack gap={2} flex={1}>
          <Text fz="sm">{sourceOf(of)} · {replayInWords(of)}</Text>
          {of.status === "running" && <Progress value={percent} aria-label={`${count(of.sent)} sent`} />}
          {of.last_error && of.status === "running" && <Text fz="xs" className="warn">waits: {of.last_error.class}: {of.last_error.message}</Text>}
          {of.reason && <Text fz="xs" className="bad">{of.reason}</Text>}
          <Text fz="xs" c="dimmed">begun <Time at={of.created_at} as="ago" />{of.filter ? <> · only <span className="mono">{of.filter}</span></> : ""}</Text>
        </Stack>
        {of.status === "running" && stop && <Button variant="default" onClick={stop}>Stop</Button>}
      </Group>
    </li>
  );
}
