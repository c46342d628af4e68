import { Button, Group, Stack, Text } from "@mantine/core";
import { call } from "../../../api/client";
import type { Destination, Gap } from "../../../api/types";
import { useMay } from "../../../app/session";
import { EmptyState } from "../../../components/EmptyState";
import { Loaded, Panel } from "../../../components/Panel";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { Time } from "../../../components/Time";
import { count, counted } from "../../../text/numbers";
import { useChange, useGaps } from "../queries";
import { gapInWords } from "../words";
import classes from "./HistoryPanel.module.css";

/** What was on purpose not sent. */
export function GapsPanel({ of }: { of: Destination }) {
  const query = useGaps(of.id);
  const mayChange = useMay("manage_destinations") && of.status !== "deleting";
  const refill = useChange((gap: string) => call("post", "/v1/audit/siem/{id}/gaps/{gap}/refill", { path: { id: of.id, gap } }));
  return (
    <Panel title="Gaps">
      <Loaded query={query} height={120}>
        {({ gaps }) => gaps.length === 0
          ? <EmptyState title="There is no gap" height={120}>What is not sent while it is disabled or given up is listed here, and can be sent later.</EmptyState>
          : <ul className={classes.list} style={{ maxHeight: 320 }} tabIndex={0} aria-label="Gaps">{gaps.map((gap) => <Row key={gap.id} gap={gap} refill={mayChange ? () => refill.mutate(gap.id) : undefined} isBusy={refill.isPending && refill.variables === gap.id} />)}</ul>}
      </Loaded>
      {refill.error && <ProblemAlert error={refill.error} />}
    </Panel>
  );
}

function Row({ gap, refill, isBusy }: { gap: Gap; refill: (() => void) | undefined; isBusy: boolean }) {
  const range = gap.last == null ? `from sequence ${count(gap.first)}` : `sequences ${count(gap.first)} to ${count(gap.last)}`;
  const canRefill = gap.closed_at != null && gap.refilled_at == null && gap.reason !== "retention";
  return (
    <li className={classes.row}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Stack gap={1}>
          <Text fz="sm">{gap.count == null ? "Not sent" : `${counted(gap.count, "event")} not sent`} {gapInWords(gap.reason)}</Text>
          <Text fz="xs" c="dimmed">{range} · opened <Time at={gap.opened_at} as="ago" /> · {stateOf(gap)}</Text>
        </Stack>
        {canRefill && refill && <Button variant="default" onClick={refill} loading={isBusy} aria-label={`Refill ${range}`}>Refill</Button>}
      </Group>
    </li>
  );
}

function stateOf(gap: Gap) {
  if (gap.refilled_at) return <>refilled <Time at={gap.refilled_at} as="ago" /></>;
  if (!gap.closed_at) return gap.reason === "exhausted" ? "open: resume from the gap, or first resume and then refill" : "open: enable it, then refill";
  return "closed";
}
