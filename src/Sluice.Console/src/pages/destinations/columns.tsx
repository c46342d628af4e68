import { Anchor, Box, Group } from "@mantine/core";
import { IconAlertTriangle, IconFilter } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { ColumnDef } from "@tanstack/react-table";
import { Link } from "wouter";
import type { Destination } from "../../api/types";
import { Badge, StatusBadge } from "../../components/StatusBadge";
import { count } from "../../text/numbers";
import { nameOf } from "./kinds";
import { lagOf, reasonOf } from "./words";

const narrow = { narrow: true };

export const columns: ColumnDef<Destination>[] = [
  { id: "status", header: "Status", size: 165, cell: ({ row }) => <StatusBadge status={row.original.status} /> },
  { id: "name", header: "Name", size: 215, cell: ({ row }) => <Name of={row.original} /> },
  { id: "lag", header: "Lag", size: 165, cell: ({ row }) => lagOf(row.original) },
  { id: "trouble", header: "Last error", size: 300, meta: narrow, cell: ({ row }) => <Trouble of={row.original} /> },
  { id: "provider", header: "Provider", size: 175, meta: narrow, cell: ({ row }) => nameOf(row.original.provider) },
  { id: "tenant", header: "Tenant", size: 100, meta: narrow, cell: ({ row }) => row.original.tenant_id ?? <span className="idle">all</span> },
];

function Name({ of }: { of: Destination }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Anchor component={Link} href={`/destinations/${of.id}`} fz="sm" truncate onClick={(event: MouseEvent) => event.stopPropagation()}>{of.name}</Anchor>
      {of.filtered && <Box component="span" visibleFrom="sm"><Filtered /></Box>}
      {of.filtered && <Box component="span" hiddenFrom="sm" className="idle" title="filtered"><IconFilter size={15} role="img" aria-label="filtered" style={{ verticalAlign: "middle" }} /></Box>}
    </Group>
  );
}

function Trouble({ of: { status, last_error: error, dead_letters: dead } }: { of: Destination }) {
  if ((status === "failed" || status === "degraded") && error) return <span title={`${error.class}: ${error.message}`}><b>{error.class}</b> {reasonOf(error.class)} {error.message}</span>;
  return dead ? <Badge tone="warn" icon={IconAlertTriangle} label={`${count(dead)} refused`} /> : <span className="idle">none</span>;
}

/** It does not get every event. */
export const Filtered = () => <Badge tone="idle" icon={IconFilter} label="filtered" />;
