import type { MachineAccount, Role } from "../../../api/types";
import { endOf, expiryFault, usualExpiry, type Expiry } from "../expiry";
import { entriesOf, networksFault } from "../networks";

/** What is wrong with what somebody typed, by the API's name of the member. */
export type Faults = Partial<Record<string, string>>;

/** What keys and machine accounts have in common. */
export interface AccountDraft {
  name: string;
  role: Role | null;
  /** Null for the whole instance. */
  tenant: string | null;
  networks: string;
}

export interface KeyDraft extends AccountDraft {
  expiry: Expiry;
}

export const newAccount = (tenant: string | null): AccountDraft => ({ name: "", role: null, tenant, networks: "" });

export const newKey = (tenant: string | null): KeyDraft => ({ ...newAccount(tenant), expiry: usualExpiry });

export const draftOf = (account: MachineAccount): AccountDraft => ({ name: account.name, role: account.role, tenant: account.tenant_id, networks: account.allowed_networks.join("\n") });

export const accountFaults = ({ name, role, tenant, networks }: AccountDraft): Faults => found({
  name: nameFault(name),
  role: role === null && "Choose a role.",
  tenant_id: tenant?.trim() === "" && "Type the tenant’s id, or choose the whole instance.",
  allowed_networks: networksFault(networks),
});

export const keyFaults = (draft: KeyDraft, now: number): Faults => ({ ...accountFaults(draft), ...found({ expires_at: expiryFault(draft.expiry, now) }) });

export const accountBody = ({ name, role, tenant, networks }: AccountDraft) => ({ name: name.trim(), role, tenant_id: tenant === null ? null : tenant.trim(), allowed_networks: entriesOf(networks) });

export const keyBody = (draft: KeyDraft, now: number) => ({ ...accountBody(draft), expires_at: endOf(draft.expiry, now) });

/** An account's tenant stays what it is. */
export const changesOf = (draft: AccountDraft) => ({ name: draft.name.trim(), role: draft.role, allowed_networks: entriesOf(draft.networks) });

const nameFault = (name: string): string | false => (name.trim() === "" ? "Give it a name by which people know what uses it." : name.trim().length > 100 && "At most 100 characters.");

/** Those that are one. */
export const found = (faults: Record<string, string | false | null>): Faults => Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault)) as Faults;
