import { Text } from "@mantine/core";
import type { MachineAccount } from "../../../api/types";
import { counted } from "../../../text/numbers";
import { useAccess } from "../access";
import { Confirm } from "../form/Confirm";
import { deleteAccount, useChange } from "../queries";
import { roleLoss } from "../roles";

export function DeletionDialog({ of: account, onClose }: { of: MachineAccount; onClose: () => void }) {
  const { keys, show } = useAccess();
  const its = keys.filter(({ account_id: id }) => id === account.id);
  const remove = useChange(() => deleteAccount(account.id), () => { onClose(); show({ open: null }); });
  return (
    <Confirm title={`Delete ${account.name}?`} keep="Keep it" words="Delete it" change={remove} onClose={onClose}>
      {its.length === 0
        ? <Text fz="sm">It has no key, so nothing stops working.</Text>
        : <Text fz="sm">{its.length === 1 ? "Its key is" : `Its ${counted(its.length, "key")} are`} refused from the next request on, for good: <b>{its.map(({ name, prefix }) => `${name} (${prefix}…)`).join(", ")}</b>. {roleLoss[account.role]}</Text>}
    </Confirm>
  );
}
