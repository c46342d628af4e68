import { Text } from "@mantine/core";
import type { AccessKey } from "../../../api/types";
import { Time } from "../../../components/Time";
import { useNow } from "../../../components/useNow";
import { millis } from "../../../text/times";
import { useAccess } from "../access";
import { Confirm } from "../form/Confirm";
import { revokeKey, useChange } from "../queries";
import { roleLoss } from "../roles";
import { useStates } from "./useStates";

const day = 86_400_000;

/** Says what stops before it does. */
export function RevocationDialog({ of: key, onClose }: { of: AccessKey; onClose: () => void }) {
  const { show } = useAccess();
  const isOver = useStates()(key) === "expired";
  const revoke = useChange(() => revokeKey(key.id), () => { onClose(); show({ open: null }); });
  return (
    <Confirm title={`Revoke ${key.name}?`} keep="Keep it" words="Revoke it" change={revoke} onClose={onClose}>
      {isOver
        ? <Text fz="sm">It has ended already, and goes from this list; nothing else changes.</Text>
        : <><Text fz="sm">From the next request on, <b>{key.name}</b> ({key.prefix}…) is refused with 401, for good. {roleLoss[key.role]} Who is signed in with it is signed out.</Text><LastUse of={key} /></>}
    </Confirm>
  );
}

function LastUse({ of: { last_used_at: at, replaced_by: replaced } }: { of: AccessKey }) {
  const isRecent = useNow() - (at ? millis(at) : 0) < day;
  if (!at) return <Text fz="sm">It was never used.</Text>;
  return <Text fz="sm" className={isRecent ? "warn" : undefined} fw={isRecent ? 500 : undefined}>It was last used <Time at={at} as="ago" />{isRecent ? `: something still uses it. ${replaced ? "Put the newer key there first." : "To replace it, rotate it instead."}` : "."}</Text>;
}
