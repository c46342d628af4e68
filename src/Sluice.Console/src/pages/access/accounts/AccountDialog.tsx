import { Modal, Stack, Text, TextInput } from "@mantine/core";
import type { MachineAccount } from "../../../api/types";
import { useSession } from "../../../app/session";
import { useFocusBack } from "../../../components/useFocusBack";
import { useAccess } from "../access";
import { accountBody, accountFaults, changesOf, draftOf, newAccount, type AccountDraft } from "../form/draft";
import { FormButtons } from "../form/FormButtons";
import { NetworksInput } from "../form/NetworksInput";
import { RoleInput } from "../form/RoleInput";
import { TenantInput } from "../form/TenantInput";
import { useForm } from "../form/useForm";
import { changeAccount, makeAccount, useChange } from "../queries";

const members = ["name", "role", "tenant_id", "allowed_networks"];

/** A new machine account, or what can be changed about one. */
export function AccountDialog({ of: account, onClose }: { of?: MachineAccount; onClose: () => void }) {
  const own = useSession().tenant_id;
  useFocusBack();
  const { show } = useAccess();
  const save = useChange(
    (draft: AccountDraft) => (account ? changeAccount(account.id, changesOf(draft)) : makeAccount(accountBody(draft))),
    ({ id }) => { onClose(); show({ tab: "accounts", open: id }); },
  );
  const { draft, set, fault, submit, error } = useForm(() => (account ? draftOf(account) : newAccount(own)), accountFaults, save, members);
  return (
    <Modal opened onClose={onClose} title={account ? `Edit ${account.name}` : "New machine account"} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput label="Name" description="The program that it is for" value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} error={fault("name")} autoComplete="off" data-autofocus />
          <RoleInput value={draft.role} onChange={(role) => set({ role })} error={fault("role")} />
          {account ? <Text fz="sm">It is good for {account.tenant_id ?? "the whole instance"}, which cannot change.</Text> : <TenantInput value={draft.tenant} onChange={(tenant) => set({ tenant })} error={fault("tenant_id")} />}
          <NetworksInput value={draft.networks} onChange={(networks) => set({ networks })} error={fault("allowed_networks")} />
          <Text fz="xs" c="dimmed">{account ? "All its keys follow at once, on other nodes within a second." : "Its keys come next; each has an end of its own."}</Text>
          <FormButtons words={account ? "Save" : "Make the account"} error={error} isPending={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
