import { Box, Group, Tabs, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useAccess } from "./access";
import classes from "./AccessTabs.module.css";
import { AccountsTab } from "./accounts/AccountsTab";
import { KeysTab } from "./keys/KeysTab";
import { RolesTab } from "./RolesTab";
import { TenantsTab } from "./tenants/TenantsTab";
import type { Tab } from "./view";

const placeholders: Partial<Record<Tab, string>> = { keys: "Name, role, tenant, status, network", accounts: "Name, role, tenant, network", tenants: "Id or name" };

export function AccessTabs() {
  const { keys, accounts, tenants, view, show } = useAccess();
  const placeholder = placeholders[view.tab];
  return (
    <section className="panel" aria-label="Who may come in">
      <Tabs value={view.tab} onChange={(tab) => show({ tab: (tab ?? "keys") as Tab, find: "", open: null })} keepMounted={false}>
        <Group justify="space-between" px="sm" pt="xs" gap="xs" align="end">
          <Tabs.List style={{ borderBottom: 0 }}>
            <Tabs.Tab className={classes.tab} value="keys">Keys {keys.length}</Tabs.Tab>
            <Tabs.Tab className={classes.tab} value="accounts"><Box component="span" visibleFrom="sm">Machine accounts</Box><Box component="span" hiddenFrom="sm">Accounts</Box> {accounts.length}</Tabs.Tab>
            {tenants && <Tabs.Tab className={classes.tab} value="tenants">Tenants</Tabs.Tab>}
            <Tabs.Tab className={classes.tab} value="roles">Roles</Tabs.Tab>
          </Tabs.List>
          {placeholder && (
            <TextInput
              size="xs" w={{ base: "100%", sm: 260 }} mb={6} aria-label="Search" placeholder={placeholder} leftSection={<IconSearch size={14} />} value={view.find}
              onChange={(event) => show({ find: event.currentTarget.value })} data-filter
            />
          )}
        </Group>
        <Tabs.Panel value="keys"><KeysTab /></Tabs.Panel>
        <Tabs.Panel value="accounts"><AccountsTab /></Tabs.Panel>
        {tenants && <Tabs.Panel value="tenants"><TenantsTab /></Tabs.Panel>}
        <Tabs.Panel value="roles"><RolesTab /></Tabs.Panel>
      </Tabs>
    </section>
  );
}
