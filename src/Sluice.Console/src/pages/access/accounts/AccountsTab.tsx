import { Anchor } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import type { AccessKey, MachineAccount } from "../../../api/types";
import { useSession } from "../../../app/session";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { Time } from "../../../components/Time";
import { useAccess } from "../access";
import { hasWords } from "../keyState";
import { listHeight } from "../listHeight";
import { For, From, To } from "../parts";

/** An account with its keys. */
interface Row {
  account: MachineAccount;
  its: readonly AccessKey[];
  usedAt: string | null;
}

export function AccountsTab() {
  const { keys, accounts, view, show, isAsking } = useAccess();
  const isInstance = useSession().tenant_id === null;
  const rows = useMemo(() => accounts.filter((one) => hasWords([one.name, one.role, one.tenant_id ?? "instance", one.id, ...one.allowed_networks], view.find)).map((account) => rowOf(account, keys)), [accounts, keys, view.find]);
  const columns = useMemo(() => columnsFor(isInstance), [isInstance]);
  return (
    <DataTable
      label="Machine accounts" rows={rows} columns={columns} rowKey={({ account }) => account.id} onOpen={({ account }) => show({ open: account.id })} hasKeys={view.open === null && !isAsking} height={listHeight(rows.length)}
      empty={view.find ? <EmptyState title={`No machine account has “${view.find}”`} height={140}><Anchor component="button" fz="sm" onClick={() => show({ find: "" })}>Show all</Anchor></EmptyState> : <Nothing />}
    />
  );
}

function rowOf(account: MachineAccount, keys: readonly AccessKey[]): Row {
  const its = keys.filter(({ account_id: id }) => id === account.id);
  return { account, its, usedAt: its.map(({ last_used_at: at }) => at ?? "").toSorted().at(-1) || null };
}

const narrow = { narrow: true };

function columnsFor(isInstance: boolean): ColumnDef<Row>[] {
  return [
    { id: "name", header: "Name", size: 240, cell: ({ row: { original: { account } } }) => <To place={{ open: account.id }}>{account.name}</To> },
    { id: "role", header: "Role", size: 100, cell: ({ row }) => row.original.account.role },
    { id: "keys", header: "Keys", size: 70, cell: ({ row }) => row.original.its.length },
    ...(isInstance ? [{ id: "for", header: "Good for", size: 160, meta: narrow, cell: ({ row }) => <For tenant={row.original.account.tenant_id} /> } satisfies ColumnDef<Row>] : []),
    { id: "used", header: "Last used", size: 130, meta: narrow, cell: ({ row }) => (row.original.usedAt ? <Time at={row.original.usedAt} as="ago" /> : <span className="idle">never</span>) },
    { id: "from", header: "From", size: 200, meta: narrow, cell: ({ row }) => <From networks={row.original.account.allowed_networks} /> },
  ];
}

function Nothing() {
  const { ask, mayChange } = useAccess();
  return (
    <EmptyState title="There is no machine account yet" height={220}>
      A machine account is a program that has several keys, one for each place it runs: its role and networks are changed once, for all of them. {mayChange ? <Anchor component="button" fz="sm" onClick={() => ask({ about: "new account" })}>Make one</Anchor> : "An admin can make one."}
    </EmptyState>
  );
}
