import { Text } from "@mantine/core";
import type { Tenant } from "../../../api/types";
import { counted } from "../../../text/numbers";
import { useAccess } from "../access";
import { Confirm } from "../form/Confirm";
import { isTest } from "../keyState";
import { resetTenant, useChange } from "../queries";
import { titleOf } from "../tree";

/** Takes back all that was said of a tenant. */
export function ResetDialog({ of: tenant, onClose }: { of: Tenant; onClose: () => void }) {
  const { keys, show } = useAccess();
  const testKeys = keys.filter((key) => key.tenant_id === tenant.id && isTest(key)).length;
  const reset = useChange(() => resetTenant(tenant.id), () => { onClose(); show({ open: null }); });
  return (
    <Confirm title={`Reset ${titleOf(tenant)}?`} keep="Keep it" words="Reset it" change={reset} onClose={onClose}>
      <Text fz="sm">All that was said of it is forgotten: its name, to whom it belongs, what it may use, its limits. The defaults go for it again; its events, keys and destinations stay.</Text>
      {testKeys > 0 && <Text fz="sm" className="warn" fw={500}>It is a test no longer: its {counted(testKeys, "test key")} {testKeys === 1 ? "is" : "are"} refused from then on.</Text>}
    </Confirm>
  );
}
