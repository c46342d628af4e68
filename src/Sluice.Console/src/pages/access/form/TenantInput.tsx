import { Autocomplete, Input, SegmentedControl } from "@mantine/core";
import { useMemo } from "react";
import { useSession } from "../../../app/session";
import { useAccess } from "../access";
import { useSeenTenants } from "../queries";

interface Props {
  /** Null for the whole instance. */
  value: string | null;
  onChange: (tenant: string | null) => void;
  error: string | undefined;
}

/** For whom it is good. A tenant's admin has no choice. */
export function TenantInput({ value, onChange, error }: Props) {
  const own = useSession().tenant_id;
  if (own !== null) return <Input.Wrapper label="Good for"><div>{own}, your tenant</div></Input.Wrapper>;
  return (
    <Input.Wrapper label="Good for">
      <div>
        <SegmentedControl size="xs" aria-label="Good for" value={value === null ? "all" : "one"} onChange={(choice) => onChange(choice === "all" ? null : "")} data={[{ value: "all", label: "The whole instance" }, { value: "one", label: "One tenant" }]} />
        {value !== null && <TenantIdInput label="Tenant" value={value} onChange={onChange} error={error} mt={8} />}
      </div>
    </Input.Wrapper>
  );
}

interface IdProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
  /** In place of what it says about the tenant. */
  description?: string;
  mt?: number;
}

/** The id of a tenant, chosen among those that are known or typed. */
export function TenantIdInput({ value, description, ...rest }: IdProps) {
  const known = useKnownTenants();
  const { testTenants } = useAccess();
  const id = value.trim();
  const about = testTenants?.has(id) ? "A test tenant: its keys begin with slc_test_." : id !== "" && !known.includes(id) ? "Nothing here names this tenant yet: is it spelled as in its events?" : "Its id, as events have it in tenant_id.";
  return <Autocomplete value={value} data={known} limit={50} description={description ?? about} inputWrapperOrder={["label", "input", "description", "error"]} comboboxProps={{ shadow: "sm" }} {...rest} />;
}

/** Those of which something was said, those that keys are for, those that events came for. */
export function useKnownTenants(): string[] {
  const { tenants, keys, accounts } = useAccess();
  const seen = useSeenTenants();
  return useMemo(() => [...new Set([...(tenants ?? []).map(({ id }) => id), ...[...keys, ...accounts].flatMap(({ tenant_id: id }) => id ?? []), ...seen])].toSorted(), [tenants, keys, accounts, seen]);
}
