import { Anchor, Text } from "@mantine/core";
import { useMemo } from "react";
import { useSession } from "../../../app/session";
import { DataTable } from "../../../components/DataTable";
import { EmptyState } from "../../../components/EmptyState";
import { useAccess } from "../access";
import { byState, hasWords, stateWords } from "../keyState";
import { listHeight } from "../listHeight";
import { columnsFor } from "./columns";
import { useStates } from "./useStates";

/** All keys, those that want somebody first. */
export function KeysTab() {
  const { keys, accounts, view, show, isAsking } = useAccess();
  const stateOf = useStates();
  const { name, tenant_id: own } = useSession();
  const accountOf = useMemo(() => new Map(accounts.map((account) => [account.id, account])), [accounts]);
  const rows = useMemo(() => {
    const matches = keys.filter((key) => hasWords([key.name, key.role, key.tenant_id ?? "instance", key.prefix, key.id, accountOf.get(key.account_id ?? "")?.name, stateWords[stateOf(key)], ...key.allowed_networks], view.find));
    return byState(matches, stateOf);
  }, [keys, accountOf, stateOf, view.find]);
  const columns = useMemo(() => columnsFor(stateOf, accountOf, own === null), [stateOf, accountOf, own]);
  return (
    <>
      <DataTable
        label="Access keys" rows={rows} columns={columns} rowKey={({ id }) => id} onOpen={({ id }) => show({ open: id })} hasKeys={view.open === null && !isAsking} height={listHeight(rows.length)}
        empty={view.find ? <EmptyState title={`No key has “${view.find}”`} height={140}><Anchor component="button" fz="sm" onClick={() => show({ find: "" })}>Show all</Anchor></EmptyState> : <Nothing />}
      />
      {name === "SLUICE_ADMIN_KEY" && <Text fz="xs" c="dimmed" px="sm" py={6}>The key that you signed in with, <span className="mono">SLUICE_ADMIN_KEY</span> of the server’s environment, is not in this list: it is good while it is set there.</Text>}
    </>
  );
}

function Nothing() {
  const { ask, mayChange } = useAccess();
  return (
    <EmptyState title="There is no key yet" height={220}>
      Everything that sends or reads events comes with a key of its own, so that each can be replaced alone. {mayChange ? <Anchor component="button" fz="sm" onClick={() => ask({ about: "new key" })}>Make one</Anchor> : "An admin can make one."}
    </EmptyState>
  );
}
