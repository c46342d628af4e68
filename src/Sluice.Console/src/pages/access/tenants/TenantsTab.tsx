import { Anchor, Group } from "@mantine/core";
import { IconCircleCheck, IconBan } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import type { Tenant } from "../../../api/types";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { Badge } from "../../../components/StatusBadge";
import { count } from "../../../text/numbers";
import { useAccess } from "../access";
import { hasWords } from "../keyState";
import { listHeight } from "../listHeight";
import { TestLabel, To } from "../parts";
import { matching, titleOf, type Branch } from "../tree";
import { useTree } from "./useTree";

/** Tenants as a tree: each below the one that it belongs to. */
export function TenantsTab() {
  const { keys, view, show, isAsking } = useAccess();
  const tree = useTree();
  const rows = useMemo(() => matching(tree, ({ id, name, test }) => hasWords([id, name, test ? "test" : "live"], view.find)), [tree, view.find]);
  const columns = useMemo(() => columnsFor((id) => keys.filter(({ tenant_id: of }) => of === id).length), [keys]);
  return (
    <DataTable
      label="Tenants, each below the one it belongs to" rows={rows} columns={columns} rowKey={({ tenant }) => tenant.id} onOpen={({ tenant }) => show({ open: tenant.id })} hasKeys={view.open === null && !isAsking} height={listHeight(rows.length)}
      empty={view.find ? <EmptyState title={`No tenant has “${view.find}”`} height={140}><Anchor component="button" fz="sm" onClick={() => show({ find: "" })}>Show all</Anchor></EmptyState> : <Nothing />}
    />
  );
}

const [narrow, indent] = [{ narrow: true }, 22];

function columnsFor(keysOf: (tenant: string) => number): ColumnDef<Branch>[] {
  return [
    { id: "tenant", header: "Tenant", size: 300, cell: ({ row }) => <Name of={row.original} /> },
    { id: "streaming", header: "Streaming", size: 105, cell: ({ row }) => <Right has={row.original.tenant.entitlements?.streaming ?? true} /> },
    { id: "exports", header: "Exports", size: 105, cell: ({ row }) => <Right has={row.original.tenant.entitlements?.exports ?? true} /> },
    { id: "limit", header: "Requests / events a minute", size: 190, meta: narrow, cell: ({ row }) => <Limit of={row.original.tenant} /> },
    { id: "keys", header: "Keys", size: 70, meta: narrow, cell: ({ row }) => keysOf(row.original.tenant.id) },
    { id: "said", header: "Settings", size: 110, meta: narrow, cell: ({ row }) => (row.original.isSaid ? "its own" : <span className="idle">defaults</span>) },
  ];
}

function Name({ of: { tenant, depth } }: { of: Branch }) {
  return (
    <Group gap={6} wrap="nowrap" style={{ paddingLeft: depth * indent }}>
      {depth > 0 && <span className="idle" aria-label={`level ${depth + 1}`} role="img">└</span>}
      <To place={{ open: tenant.id }}>{titleOf(tenant)}</To>
      {tenant.name && <span className="mono idle">{tenant.id}</span>}
      {tenant.test && <TestLabel />}
    </Group>
  );
}

const Right = ({ has }: { has: boolean }) => (has ? <Badge tone="good" icon={IconCircleCheck} label="on" /> : <Badge tone="warn" icon={IconBan} label="off" />);

function Limit({ of: { rate_limit: limit } }: { of: Tenant }) {
  const words = (value: number | null | undefined) => (value == null ? "usual" : count(value));
  return limit?.requests_per_minute == null && limit?.events_per_minute == null ? <span className="idle">as the settings say</span> : `${words(limit.requests_per_minute)} / ${words(limit.events_per_minute)}`;
}

function Nothing() {
  const { ask, mayChange } = useAccess();
  return (
    <EmptyState title="There is no tenant yet" height={220}>
      A tenant comes to be with its first event. Before that, one can say to whom it belongs, what it may use, and how much. {mayChange ? <Anchor component="button" fz="sm" onClick={() => ask({ about: "new tenant" })}>Say something of one</Anchor> : "An admin can."}
    </EmptyState>
  );
}
