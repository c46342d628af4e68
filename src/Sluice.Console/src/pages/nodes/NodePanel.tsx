import { Anchor, Text } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import { IconHeartbeat } from "@tabler/icons-react";
import { Link } from "wouter";
import type { Node } from "../../api/types";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Facts } from "../../components/Facts";
import { Panel } from "../../components/Panel";
import { Badge, StatusBadge } from "../../components/StatusBadge";
import { Time } from "../../components/Time";

type Stream = Node["streams"][number];

const [rowHeight, most] = [33, 8];

const columns: ColumnDef<Stream>[] = [
  { id: "name", header: "Streams to", size: 220, cell: ({ row }) => <Anchor component={Link} href={`/destinations/${row.original.destination_id ?? ""}`} fz="sm">{row.original.name}</Anchor> },
  { id: "status", header: "Status", size: 120, cell: ({ row }) => row.original.status && <StatusBadge status={row.original.status} /> },
];

export function NodePanel({ node }: { node: Node }) {
  return (
    <Panel title={node.name} flush tools={<Badge tone="good" icon={IconHeartbeat} label={node.self ? "answers you" : "alive"} />}>
      <div style={{ padding: "12px 14px" }}>
        <Facts of={[
          ["Listens at", <span className="mono">{node.url}</span>],
          ["Version", node.version],
          ["Started", <Time at={node.started_at} as="full" />],
          ["Last seen", <Time at={node.last_seen_at} as="ago" />],
          ["Id", <span className="mono">{node.id}</span>],
        ]} />
      </div>
      {node.streams.length > 0
        ? <DataTable label={`Streams of ${node.name}`} rows={node.streams} columns={columns} rowKey={(stream) => stream.destination_id ?? ""} height={rowHeight * (Math.min(most, node.streams.length) + 1) + 4} />
        : <EmptyState title="It runs no stream"><Text span fz="sm">Streams come with destinations. <Anchor component={Link} href="/destinations/new" fz="sm">Add one</Anchor></Text></EmptyState>}
    </Panel>
  );
}
