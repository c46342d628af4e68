import { Group } from "@mantine/core";
import { IconRobot } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import type { AccessKey, MachineAccount } from "../../../api/types";
import { Time } from "../../../components/Time";
import { isTest, type KeyState } from "../keyState";
import { For, From, StateBadge, TestLabel, To } from "../parts";

const narrow = { narrow: true };

export function columnsFor(stateOf: (key: AccessKey) => KeyState, accountOf: ReadonlyMap<string, MachineAccount>, isInstance: boolean): ColumnDef<AccessKey>[] {
  const of = (key: AccessKey) => accountOf.get(key.account_id ?? "");
  return [
    { id: "name", header: "Name", size: 195, cell: ({ row: { original } }) => <Name of={original} account={of(original)} /> },
    { id: "status", header: "Status", size: 135, cell: ({ row }) => <StateBadge state={stateOf(row.original)} /> },
    { id: "role", header: "Role", size: 100, cell: ({ row }) => row.original.role },
    ...(isInstance ? [{ id: "for", header: "Good for", size: 125, meta: narrow, cell: ({ row }) => <For tenant={row.original.tenant_id} /> } satisfies ColumnDef<AccessKey>] : []),
    { id: "used", header: "Last used", size: 110, meta: narrow, cell: ({ row: { original: { last_used_at: at } } }) => (at ? <Time at={at} as="ago" /> : <span className="idle">never</span>) },
    { id: "ends", header: "Ends", size: 130, meta: narrow, cell: ({ row: { original: { expires_at: at } } }) => (at ? <Time at={at} as="ago" /> : <span className="idle">never</span>) },
    { id: "from", header: "From", size: 160, meta: narrow, cell: ({ row: { original } }) => <From networks={[...original.allowed_networks, ...(of(original)?.allowed_networks ?? [])]} /> },
    { id: "prefix", header: "Begins with", size: 145, meta: narrow, cell: ({ row }) => <span className="mono">{row.original.prefix}</span> },
  ];
}

function Name({ of: key, account }: { of: AccessKey; account: MachineAccount | undefined }) {
  return (
    <Group gap={6} wrap="nowrap">
      <To place={{ open: key.id }}>{key.name}</To>
      {account && <span className="idle" title={`Of the machine account ${account.name}`} style={{ flexShrink: 0 }}><IconRobot size={15} role="img" aria-label={`of the machine account ${account.name}`} style={{ verticalAlign: "middle" }} /></span>}
      {isTest(key) && <TestLabel />}
    </Group>
  );
}
