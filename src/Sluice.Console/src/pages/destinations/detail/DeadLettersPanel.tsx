import { Button, Group, Text } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import type { DeadLetter, Destination } from "../../../api/types";
import { call } from "../../../api/client";
import { useMay } from "../../../app/session";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { Loaded, Panel } from "../../../components/Panel";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { Time } from "../../../components/Time";
import { counted } from "../../../text/numbers";
import { useChange, useDeadLetters } from "../queries";
import { DeadLetterDialog } from "./DeadLetterDialog";

const [rowHeight, most] = [33, 8];
const narrow = { narrow: true };

/** Events that it refuses, with the reason: to be looked at, sent again, or forgotten. */
export function DeadLettersPanel({ of }: { of: Destination }) {
  const query = useDeadLetters(of.id);
  const mayChange = useMay("manage_destinations") && of.status !== "deleting";
  const [open, setOpen] = useState<number | null>(null);
  const replay = useChange((sequences: number[] | null) => call("post", "/v1/audit/siem/{id}/dead-letters/replay", { path: { id: of.id }, body: sequences ? { sequences } : {} }));
  const columns = useMemo(() => columnsWith(setOpen), []);
  const letters = query.data?.dead_letters ?? [];
  return (
    <Panel title="Dead letters" flush tools={letters.length > 0 && (
      <Group gap="sm">
        <Text fz="xs" c="dimmed">{counted(of.dead_letters ?? 0, "event")} refused, the live stream goes on</Text>
        {mayChange && <Button variant="default" onClick={() => replay.mutate(null)} loading={replay.isPending}>Replay all</Button>}
      </Group>
    )}>
      {replay.error && <ProblemAlert error={replay.error} />}
      <Loaded query={query} height={90}>
        {() => letters.length === 0
          ? <EmptyState title="No event was refused" height={90}>An event that the destination refuses is set aside here with the reason, and the others go on.</EmptyState>
          : <DataTable label="Dead letters" rows={letters} columns={columns} rowKey={(one) => String(one.sequence)} onOpen={(one) => setOpen(one.sequence)} height={rowHeight * (Math.min(most, letters.length) + 1) + 6} />}
      </Loaded>
      {open !== null && <DeadLetterDialog id={of.id} sequence={open} mayChange={mayChange} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

const columnsWith = (open: (sequence: number) => void): ColumnDef<DeadLetter>[] => [
  { id: "sequence", header: "Sequence", size: 110, cell: ({ row }) => row.original.sequence },
  { id: "id", header: "Event id", size: 170, meta: narrow, cell: ({ row }) => <span className="mono">{row.original.id}</span> },
  { id: "reason", header: "Reason", size: 300, cell: ({ row }) => <span title={row.original.reason}>{row.original.reason}</span> },
  { id: "tenant", header: "Tenant", size: 90, meta: narrow, cell: ({ row }) => row.original.tenant_id },
  { id: "at", header: "At", size: 120, meta: narrow, cell: ({ row }) => <Time at={row.original.at} /> },
  { id: "attempts", header: "Tried", size: 60, meta: narrow, cell: ({ row }) => row.original.attempts },
  { id: "look", header: "Event", size: 90, cell: ({ row }) => <Button size="compact-xs" variant="default" aria-label={`Look at ${row.original.sequence}`} onClick={() => open(row.original.sequence)}>Look</Button> },
];
