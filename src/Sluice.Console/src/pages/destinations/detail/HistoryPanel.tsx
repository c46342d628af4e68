import { Group, Stack, Text } from "@mantine/core";
import type { AuditEvent } from "../../../api/types";
import { useMay } from "../../../app/session";
import { EmptyState } from "../../../components/EmptyState";
import { Loaded, Panel } from "../../../components/Panel";
import { StatusBadge } from "../../../components/StatusBadge";
import { Time } from "../../../components/Time";
import { useHistory } from "../queries";
import { happenedOf } from "../words";
import classes from "./HistoryPanel.module.css";

const height = 200;

/** What happened to it, as Sluice's own ledger has it. */
export function HistoryPanel({ id }: { id: string }) {
  const mayRead = useMay("read_events");
  return <Panel title="Status history">{mayRead ? <History id={id} /> : <EmptyState title="Not for this role" height={height}>Sluice’s own events tell it: to read them takes a key of role admin, auditor or reader.</EmptyState>}</Panel>;
}

function History({ id }: { id: string }) {
  const query = useHistory(id);
  return (
    <Loaded query={query} height={height}>
      {({ events }) => events.length === 0
        ? <EmptyState title="Nothing happened yet" height={height}>Changes, failures and recoveries are listed here.</EmptyState>
        : <ol className={classes.list} style={{ height }} tabIndex={0} aria-label="What happened, the newest first">{events.map((event) => <Row key={event.id} event={event} />)}</ol>}
    </Loaded>
  );
}

function Row({ event }: { event: AuditEvent }) {
  const error = (event.metadata as { error?: { class: string; message: string } } | undefined)?.error;
  const isTrouble = event.action.endsWith(".degraded") || event.action.endsWith(".failed");
  return (
    <li className={classes.row}>
      <Stack gap={1}>
        <Group justify="space-between" gap="xs">
          <StatusBadge status={event.action.endsWith(".failed") ? "failed" : isTrouble ? "degraded" : event.action.endsWith(".disabled") ? "disabled" : "active"} label={happenedOf(event.action)} />
          <Text fz="xs" c="dimmed"><Time at={event.timestamp} /></Text>
        </Group>
        <Text fz="xs" c="dimmed">{isTrouble && error ? `${error.class}: ${error.message}` : event.actor.type === "system" ? "by itself" : `by ${event.actor.name ?? event.actor.id}`}</Text>
      </Stack>
    </li>
  );
}
