import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { useMay } from "../../../app/session";
import { Facts } from "../../../components/Facts";
import { quote } from "../../../filter/tokens";
import { count, counted } from "../../../text/numbers";
import { useAccess } from "../access";
import { To } from "../parts";
import { titleOf, type Branch } from "../tree";
import { useTree } from "./useTree";

/** What goes for a tenant. */
export function TenantDetail({ of: { tenant, isSaid } }: { of: Branch }) {
  const { keys, ask, mayChange } = useAccess();
  const mayRead = useMay("read_events");
  const below = useTree().filter((one) => one.tenant.parent === tenant.id);
  const its = keys.filter(({ tenant_id: of }) => of === tenant.id).length;
  const limit = (value: number | null | undefined) => (value == null ? "as the settings say" : `${count(value)} a minute`);
  return (
    <Stack gap="md">
      {mayChange && (
        <Group gap="xs">
          <Button onClick={() => ask({ about: "tenant", tenant })}>Edit</Button>
          <Button variant="default" onClick={() => ask({ about: "new tenant", parent: tenant.id })}>Add a child</Button>
          <Button variant="default" onClick={() => ask({ about: "new key", tenant: tenant.id })}>New key</Button>
          {isSaid && <Button variant="default" c="var(--sluice-bad)" onClick={() => ask({ about: "reset", tenant })}>Reset</Button>}
        </Group>
      )}
      {!isSaid && <Text fz="sm">Nothing was said of it: the defaults go for it.</Text>}
      <Facts of={[
        ["Id", <span className="mono">{tenant.id}</span>],
        ["Belongs to", tenant.parent === null ? "no other" : <To place={{ tab: "tenants", open: tenant.parent }}>{tenant.parent}</To>],
        ["Below it", below.length === 0 ? "none" : <Group gap="xs" component="span">{below.map((one) => <To key={one.tenant.id} place={{ tab: "tenants", open: one.tenant.id }}>{titleOf(one.tenant)}</To>)}</Group>],
        ["Kind", tenant.test ? "test: its keys begin with slc_test_" : "live"],
        ["Streaming", tenant.entitlements?.streaming === false ? "off: new destinations are refused, those that exist go on" : "on"],
        ["Exports", tenant.entitlements?.exports === false ? "off: refused" : "on"],
        ["Requests", limit(tenant.rate_limit?.requests_per_minute)],
        ["Events sent", limit(tenant.rate_limit?.events_per_minute)],
        ["Keys", its === 0 ? "none" : <To place={{ tab: "keys", find: tenant.id }}>{counted(its, "key")}</To>],
      ]} />
      {mayRead && <Anchor component={Link} href={`/events?filter=${encodeURIComponent(`tenant_id EQ ${quote(tenant.id)}`)}`} fz="sm">Its events of the last 24 hours</Anchor>}
    </Stack>
  );
}
