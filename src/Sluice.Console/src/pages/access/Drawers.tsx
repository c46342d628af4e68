import { Drawer, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFocusBack } from "../../components/useFocusBack";
import { useAccess } from "./access";
import { AccountDetail } from "./accounts/AccountDetail";
import { KeyDetail } from "./keys/KeyDetail";
import { TenantDetail } from "./tenants/TenantDetail";
import { useBranch } from "./tenants/useTree";
import { titleOf } from "./tree";

/** What is open beside the list. */
export function Drawers() {
  const { view, keys, accounts } = useAccess();
  if (view.open === null || view.tab === "roles") return null;
  if (view.tab === "tenants") return <OfTenant id={view.open} />;
  const key = view.tab === "keys" && keys.find(({ id }) => id === view.open);
  if (key) return <Beside title={key.name}><KeyDetail key={key.id} of={key} /></Beside>;
  const account = view.tab === "accounts" && accounts.find(({ id }) => id === view.open);
  return account ? <Beside title={account.name}><AccountDetail of={account} /></Beside> : <Gone what={view.tab === "keys" ? "key" : "machine account"} />;
}

function OfTenant({ id }: { id: string }) {
  const { tenants } = useAccess();
  const branch = useBranch(id);
  if (!tenants) return null;
  return branch ? <Beside title={titleOf(branch.tenant)}><TenantDetail of={branch} /></Beside> : <Gone what="tenant" />;
}

const Gone = ({ what }: { what: string }) => <Beside title={`No such ${what}`}><Text fz="sm">It was revoked or deleted, or is another tenant’s. Close this to see those that are there.</Text></Beside>;

function Beside({ title, children }: { title: string; children: ReactNode }) {
  const { show, isAsking } = useAccess();
  useFocusBack();
  return <Drawer opened onClose={() => show({ open: null })} title={title} position="right" size={460} closeOnEscape={!isAsking} styles={{ title: { fontWeight: 600, overflowWrap: "anywhere" } }}>{children}</Drawer>;
}
