import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import type { AccessKey } from "../../../api/types";
import { useMay } from "../../../app/session";
import { Facts } from "../../../components/Facts";
import { Time } from "../../../components/Time";
import { quote } from "../../../filter/tokens";
import { useAccess } from "../access";
import { isTest, stateSentence } from "../keyState";
import { For, Networks, StateBadge, To } from "../parts";
import { roleSentence } from "../roles";
import { useStates } from "./useStates";

/** A key, without its text, which nobody has but its owner. */
export function KeyDetail({ of: key }: { of: AccessKey }) {
  const { ask, mayChange } = useAccess();
  const state = useStates()(key);
  return (
    <Stack gap="md">
      <div><StateBadge state={state} /><Text fz="sm" mt={4}>{stateSentence[state]}</Text></div>
      {mayChange && (
        <Group gap="xs">
          {state !== "expired" && key.replaced_by === null && <Button onClick={() => ask({ about: "rotation", key })}>Rotate</Button>}
          <Button variant="default" c="var(--sluice-bad)" onClick={() => ask({ about: "revocation", key })}>Revoke</Button>
        </Group>
      )}
      <KeyFacts of={key} />
      <Calls of={key} />
      {mayChange && <Text fz="xs" c="dimmed">Role, tenant and networks of a key never change{key.account_id === null ? ": make another one, and revoke this. A machine account’s can be changed, for all its keys." : " by themselves: change those of its machine account."}</Text>}
    </Stack>
  );
}

function KeyFacts({ of: key }: { of: AccessKey }) {
  const { accounts, keys } = useAccess();
  const account = accounts.find(({ id }) => id === key.account_id);
  const follower = keys.find(({ id }) => id === key.replaced_by);
  return (
    <Facts of={[
      ["Begins with", <span className="mono">{key.prefix}…</span>],
      ["Kind", isTest(key) ? "test" : "live"],
      ["Role", <><b>{key.role}</b>. {roleSentence[key.role]}</>],
      ["Good for", <For tenant={key.tenant_id} />],
      ...(account ? [["Machine account", <To place={{ tab: "accounts", open: account.id }}>{account.name}</To>] as [string, React.ReactNode]] : []),
      ["Used from", <Networks of={key.allowed_networks} />],
      ...(account && account.allowed_networks.length > 0 ? [["and by its account", <Networks of={account.allowed_networks} />] as [string, React.ReactNode]] : []),
      ["Last used", key.last_used_at ? <Time at={key.last_used_at} as="full" /> : "never"],
      ["Made", <Time at={key.created_at} as="full" />],
      ["Ends", key.expires_at ? <Time at={key.expires_at} as="full" /> : "never"],
      ...(key.replaced_by ? [["Replaced by", follower ? <To place={{ open: follower.id }}>{follower.name}, {follower.prefix}…</To> : "a key that is gone"] as [string, React.ReactNode]] : []),
      ["Id", <span className="mono">{key.id}</span>],
    ]} />
  );
}

/** What was called with it, as Sluice's own ledger has it. */
function Calls({ of: key }: { of: AccessKey }) {
  const mayRead = useMay("read_events");
  const href = `/events?source=sluice&range=7d&filter=${encodeURIComponent(`api_key_id EQ ${quote(key.id)}`)}`;
  return mayRead && <Anchor component={Link} href={href} fz="sm">What was called with it in the last 7 days</Anchor>;
}
