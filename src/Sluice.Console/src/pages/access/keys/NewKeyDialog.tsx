import { Stack, Text, TextInput } from "@mantine/core";
import type { MachineAccount } from "../../../api/types";
import { useSession } from "../../../app/session";
import { endOf, expiryFault } from "../expiry";
import { found, keyBody, keyFaults, newKey, type KeyDraft } from "../form/draft";
import { ExpiryInput } from "../form/ExpiryInput";
import { FormButtons } from "../form/FormButtons";
import { NetworksInput } from "../form/NetworksInput";
import { RoleInput } from "../form/RoleInput";
import { TenantInput } from "../form/TenantInput";
import { useForm } from "../form/useForm";
import { entriesOf, networksFault } from "../networks";
import { makeKey, useChange } from "../queries";
import { roleSentence } from "../roles";
import { MakingModal, type Made } from "./MakingModal";

interface Props {
  account?: MachineAccount;
  tenant?: string;
  onClose: () => void;
}

interface FormProps {
  onMade: (made: Made) => void;
  onClose: () => void;
}

/** A key by itself, or another one of a machine account. */
export function NewKeyDialog({ account, tenant, onClose }: Props) {
  return (
    <MakingModal title={account ? `New key of ${account.name}` : "New key"} onClose={onClose}>
      {(onMade) => (account ? <AccountKeyForm account={account} onMade={onMade} onClose={onClose} /> : <KeyForm tenant={tenant} onMade={onMade} onClose={onClose} />)}
    </MakingModal>
  );
}

const members = ["name", "role", "tenant_id", "allowed_networks", "expires_at"];

function KeyForm({ tenant, onMade, onClose }: FormProps & { tenant: string | undefined }) {
  const own = useSession().tenant_id;
  const make = useChange((draft: KeyDraft) => makeKey(keyBody(draft, Date.now())), (key) => onMade({ key }));
  const { draft, set, fault, submit, error } = useForm(() => newKey(own ?? tenant ?? null), (typed) => keyFaults(typed, Date.now()), make, members);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label="Name" description="What uses it: one key for each" value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} error={fault("name")} autoComplete="off" data-autofocus />
        <RoleInput value={draft.role} onChange={(role) => set({ role })} error={fault("role")} />
        <TenantInput value={draft.tenant} onChange={(tenant) => set({ tenant })} error={fault("tenant_id")} />
        <ExpiryInput value={draft.expiry} onChange={(expiry) => set({ expiry })} error={fault("expires_at")} />
        <NetworksInput value={draft.networks} onChange={(networks) => set({ networks })} error={fault("allowed_networks")} />
        <FormButtons words="Make the key" error={error} isPending={make.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

/** Role and tenant are the account's. */
function AccountKeyForm({ account, onMade, onClose }: FormProps & { account: MachineAccount }) {
  const bodyOf = ({ name, networks, expiry }: KeyDraft) => ({ account_id: account.id, name: name.trim() || account.name, allowed_networks: entriesOf(networks), expires_at: endOf(expiry, Date.now()) });
  const make = useChange((draft: KeyDraft) => makeKey(bodyOf(draft)), (key) => onMade({ key }));
  const judge = ({ networks, expiry }: KeyDraft) => found({ allowed_networks: networksFault(networks), expires_at: expiryFault(expiry, Date.now()) });
  const { draft, set, fault, submit, error } = useForm(() => newKey(account.tenant_id), judge, make, members);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text fz="sm">It has the role of its account, <b>{account.role}</b> of {account.tenant_id ?? "the whole instance"}: {roleSentence[account.role].toLowerCase()}</Text>
        <TextInput label="Name" description="Where it is used, so that each can be told apart" placeholder={account.name} value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} error={fault("name")} autoComplete="off" data-autofocus />
        <ExpiryInput value={draft.expiry} onChange={(expiry) => set({ expiry })} error={fault("expires_at")} />
        <NetworksInput description="Besides what its account says: both must let a request in. Empty: only the account’s count." value={draft.networks} onChange={(networks) => set({ networks })} error={fault("allowed_networks")} />
        <FormButtons words="Make the key" error={error} isPending={make.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
