import { Group, Modal, NumberInput, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { Tenant } from "../../../api/types";
import { useFocusBack } from "../../../components/useFocusBack";
import { useAccess } from "../access";
import { FormButtons } from "../form/FormButtons";
import { TenantIdInput } from "../form/TenantInput";
import { useForm, type Form } from "../form/useForm";
import { isTest } from "../keyState";
import { changeTenant, useChange } from "../queries";
import { counted } from "../../../text/numbers";
import { titleOf } from "../tree";
import { draftOf, newTenant, tenantBody, tenantFaults, type TenantDraft } from "./tenantDraft";

const members = ["id", "name", "parent", "test", "entitlements", "rate_limit"];

/** What is said of a tenant. */
export function TenantDialog({ of: tenant, parent, onClose }: { of?: Tenant; parent?: string | undefined; onClose: () => void }) {
  const { tenants, show } = useAccess();
  useFocusBack();
  const taken = tenant ? [] : (tenants ?? []).map(({ id }) => id);
  const save = useChange((draft: TenantDraft) => changeTenant(draft.id.trim(), tenantBody(draft)), ({ id }) => { onClose(); show({ tab: "tenants", find: "", open: id }); });
  const form = useForm(() => (tenant ? draftOf(tenant) : newTenant(parent)), (typed) => tenantFaults(typed, taken), save, members);
  const { draft, set, fault, submit, error } = form;
  return (
    <Modal opened onClose={onClose} title={tenant ? `Edit ${titleOf(tenant)}` : "New tenant"} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!tenant && <TextInput label="Id" description="As its events have it in tenant_id; it never changes" value={draft.id} onChange={(event) => set({ id: event.currentTarget.value })} error={fault("id")} autoComplete="off" spellCheck={false} data-autofocus />}
          <TextInput label="Name (optional)" description="For people" value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} error={fault("name")} autoComplete="off" {...(tenant ? { "data-autofocus": true } : {})} />
          <TenantIdInput label="Belongs to (optional)" description="Destinations of that tenant can take its events too. Empty: to no other." value={draft.parent} onChange={(id) => set({ parent: id })} error={fault("parent")} />
          <Switches form={form} before={tenant} />
          <Group align="start">
            <Limit label="Requests a minute" value={draft.requests} onChange={(requests) => set({ requests })} />
            <Limit label="Events sent a minute" value={draft.events} onChange={(events) => set({ events })} />
          </Group>
          <FormButtons words={tenant ? "Save" : "Make the tenant"} error={error} isPending={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

function Switches({ form: { draft, set }, before }: { form: Form<TenantDraft>; before: Tenant | undefined }) {
  const { keys } = useAccess();
  const testKeys = keys.filter((key) => key.tenant_id === before?.id && isTest(key)).length;
  return (
    <Stack gap={8}>
      <Switch label="Streaming" description={draft.streaming ? "It may have destinations" : "New destinations are refused with 403; those that exist go on"} checked={draft.streaming} onChange={(event) => set({ streaming: event.currentTarget.checked })} />
      <Switch label="Exports" description={draft.exports ? "Its events may be exported" : "Exports are refused with 403"} checked={draft.exports} onChange={(event) => set({ exports: event.currentTarget.checked })} />
      <Switch label="Test tenant" description="It holds no real events; keys made for it begin with slc_test_" checked={draft.test} onChange={(event) => set({ test: event.currentTarget.checked })} />
      {before?.test && !draft.test && testKeys > 0 && <Text fz="sm" className="warn" role="status">Its {counted(testKeys, "test key")} {testKeys === 1 ? "is" : "are"} refused from then on.</Text>}
    </Stack>
  );
}

function Limit({ label, value, onChange }: { label: string; value: number | ""; onChange: (value: number | "") => void }) {
  return <NumberInput label={label} placeholder="as the settings say" w={210} min={1} allowDecimal={false} allowNegative={false} thousandSeparator="," value={value} onChange={(typed) => onChange(typed === "" ? "" : Number(typed))} />;
}
