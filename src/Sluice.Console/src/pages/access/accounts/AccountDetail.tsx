import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { AccessKey, MachineAccount } from "../../../api/types";
import { Facts } from "../../../components/Facts";
import { Time } from "../../../components/Time";
import { useAccess } from "../access";
import { useStates } from "../keys/useStates";
import { For, Networks, StateBadge, To } from "../parts";
import { roleSentence } from "../roles";

/** A machine account and its keys. */
export function AccountDetail({ of: account }: { of: MachineAccount }) {
  const { keys, ask, mayChange } = useAccess();
  const its = keys.filter(({ account_id: id }) => id === account.id);
  return (
    <Stack gap="md">
      {mayChange && (
        <Group gap="xs">
          <Button onClick={() => ask({ about: "new key", account })}>New key</Button>
          <Button variant="default" onClick={() => ask({ about: "account", account })}>Edit</Button>
          <Button variant="default" c="var(--sluice-bad)" onClick={() => ask({ about: "deletion", account })}>Delete</Button>
        </Group>
      )}
      <Facts of={[
        ["Role", <><b>{account.role}</b>. {roleSentence[account.role]}</>],
        ["Good for", <For tenant={account.tenant_id} />],
        ["Used from", <Networks of={account.allowed_networks} />],
        ["Made", <Time at={account.created_at} as="full" />],
        ["Id", <span className="mono">{account.id}</span>],
      ]} />
      <div><Title order={3} mb={6}>Its keys</Title>{its.length === 0 ? <Text fz="sm" c="dimmed">It has no key yet, so nobody can use it.</Text> : <Keys of={its} />}</div>
    </Stack>
  );
}

function Keys({ of }: { of: readonly AccessKey[] }) {
  const stateOf = useStates();
  return (
    <Table aria-label="Its keys" layout="fixed">
      <Table.Thead><Table.Tr><Table.Th>Name</Table.Th><Table.Th w={135}>Status</Table.Th><Table.Th w={95}>Last used</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>
        {of.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td style={{ overflowWrap: "anywhere" }}><To place={{ tab: "keys", open: key.id }}>{key.name}</To><Text fz="xs" c="dimmed" className="mono">{key.prefix}…</Text></Table.Td>
            <Table.Td><StateBadge state={stateOf(key)} /></Table.Td>
            <Table.Td>{key.last_used_at ? <Time at={key.last_used_at} as="ago" /> : <span className="idle">never</span>}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
