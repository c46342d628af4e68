import { IconAlertTriangle, IconCircleCheck, IconCircleX, type Icon } from "@tabler/icons-react";
import { Text } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import type { Attempt } from "../../../api/types";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { Loaded, Panel } from "../../../components/Panel";
import { Badge } from "../../../components/StatusBadge";
import { Time } from "../../../components/Time";
import { bytes, count } from "../../../text/numbers";
import { useAttempts } from "../queries";

const height = 240;

const looks: Record<Attempt["result"], ["good" | "warn" | "bad", Icon, string]> = {
  delivered: ["good", IconCircleCheck, "delivered"],
  try_later: ["warn", IconAlertTriangle, "tried again"],
  partly_refused: ["warn", IconAlertTriangle, "partly refused"],
  refused: ["bad", IconCircleX, "refused"],
};

const narrow = { narrow: true };

const columns: ColumnDef<Attempt>[] = [
  { id: "at", header: "At", size: 130, cell: ({ row }) => <Time at={row.original.at} /> },
  { id: "result", header: "Result", size: 190, cell: ({ row }) => <Result of={row.original} /> },
  { id: "answer", header: "Answer", size: 260, cell: ({ row: { original: one } }) => <span title={one.message ?? ""}>{[one.http_status, one.class, one.message].filter(Boolean).join(" · ")}</span> },
  { id: "sequences", header: "Sequences", size: 120, meta: narrow, cell: ({ row: { original: one } }) => (one.first_sequence === one.last_sequence ? one.first_sequence : `${one.first_sequence}–${one.last_sequence}`) },
  { id: "events", header: "Events", size: 70, meta: narrow, cell: ({ row }) => count(row.original.events) },
  { id: "bytes", header: "Size", size: 80, meta: narrow, cell: ({ row }) => bytes(row.original.bytes) },
  { id: "took", header: "Took", size: 80, meta: narrow, cell: ({ row }) => `${count(row.original.duration_ms)} ms` },
];

/** The last hundred sendings. */
export function AttemptsPanel({ id }: { id: string }) {
  const query = useAttempts(id);
  return (
    <Panel title="Attempts" flush tools={<Text fz="xs" c="dimmed">the last 100, the newest first</Text>}>
      <Loaded query={query} height={height}>
        {({ attempts }) => (
          <DataTable
            label="Attempts" rows={attempts} columns={columns} rowKey={(one) => `${one.at} ${one.first_sequence}`} height={height} hasKeys
            empty={<EmptyState title="Nothing was sent yet" height={150}>The first event that passes the filter is sent at once. To see whether one would arrive, send a test.</EmptyState>}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function Result({ of }: { of: Attempt }) {
  const [tone, icon, label] = looks[of.result];
  return <Badge tone={tone} icon={icon} label={label} />;
}
