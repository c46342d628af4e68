import { createContext, useContext } from "react";
import type { AccessKey, MachineAccount, Tenant } from "../../api/types";
import type { AccessData } from "./queries";
import type { View } from "./view";

/** What a dialog asks. */
export type Question =
  | { about: "new key"; account?: MachineAccount; tenant?: string }
  | { about: "rotation" | "revocation"; key: AccessKey }
  | { about: "new account" }
  | { about: "account" | "deletion"; account: MachineAccount }
  | { about: "new tenant"; parent?: string }
  | { about: "tenant" | "reset"; tenant: Tenant };

export interface Access extends AccessData {
  view: View;
  show: (change: Partial<View>) => void;
  /** Null closes the dialog. */
  ask: (question: Question | null) => void;
  isAsking: boolean;
  mayChange: boolean;
  /** Where test keys are good; undefined when tenants are not shown to this session. */
  testTenants: ReadonlySet<string> | undefined;
}

export const AccessContext = createContext<Access | null>(null);

export function useAccess(): Access {
  const access = useContext(AccessContext);
  if (!access) throw new Error("This is for the page Access.");
  return access;
}
