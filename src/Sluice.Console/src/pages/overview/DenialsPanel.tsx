import { Anchor } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import type { MouseEvent } from "react";
import { Link, useLocation } from "wouter";
import { useEvents } from "../../api/queries";
import type { AuditEvent } from "../../api/types";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Loaded, Panel } from "../../components/Panel";
import { Time } from "../../components/Time";

const filter = 'outcome EQ "denied"';
const height = 8 * 33 + 34;

const columns: ColumnDef<AuditEvent>[] = [
  { id: "time", header: "Time", size: 150, cell: ({ row }) => <Time at={row.original.timestamp} /> },
  { id: "actor", header: "Actor", size: 190, cell: ({ row }) => row.original.actor.name ?? row.original.actor.id },
  { id: "action", header: "Action", size: 220, cell: ({ row }) => <Anchor component={Link} href={`/events/${encodeURIComponent(row.original.id)}`} fz="sm" onClick={(event: MouseEvent) => event.stopPropagation()}>{row.original.action}</Anchor> },
  { id: "resource", header: "Resource", size: 220, meta: { narrow: true }, cell: ({ row }) => resourceOf(row.original) },
  { id: "from", header: "From", size: 130, meta: { narrow: true }, cell: ({ row }) => row.original.source_ip ?? "" },
];

/** Who was not let in, the latest first. */
export function DenialsPanel() {
  const [, navigate] = useLocation();
  return (
    <Panel title="Latest denials" flush tools={<Anchor component={Link} fz="xs" href={`/events?filter=${encodeURIComponent(filter)}`}>All denials</Anchor>}>
      <Loaded query={useEvents({ filter, page_size: 8 })} height={height}>
        {({ events }) => (
          <DataTable
            label="Latest denials" rows={events} columns={columns} rowKey={(event) => `${event.tenant_id}/${event.id}`} height={height} hasKeys
            onOpen={(event) => navigate(`/events/${encodeURIComponent(event.id)}`)} empty={<EmptyState title="Nobody was denied anything" height={height - 40} />}
          />
        )}
      </Loaded>
    </Panel>
  );
}

const resourceOf = ({ resource }: AuditEvent): string => [resource?.type, resource?.name ?? resource?.id].filter(Boolean).join(" ");
