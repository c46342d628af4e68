import { Switch, Text, Tooltip } from "@mantine/core";
import type { Destination } from "../../../api/types";
import { changeDestination, useChange } from "../queries";

export function EnabledSwitch({ of }: { of: Destination }) {
  const change = useChange((enabled: boolean) => changeDestination(of.id, { enabled }));
  return (
    <Tooltip label={of.enabled ? "Switched off, it gets nothing; what comes meanwhile is a gap" : "Switched on, it goes on from now"}>
      <div>
        <Switch label="Enabled" checked={of.enabled} disabled={change.isPending} onChange={(event) => change.mutate(event.currentTarget.checked)} />
        {change.error && <Text fz="xs" className="bad" role="alert">{change.error.message}</Text>}
      </div>
    </Tooltip>
  );
}
