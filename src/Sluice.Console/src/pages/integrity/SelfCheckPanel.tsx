import { Text } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useNodes } from "../../api/queries";
import { useMay, useSession } from "../../app/session";
import { Panel } from "../../components/Panel";
import { Badge } from "../../components/StatusBadge";
import { Time } from "../../components/Time";

/** What the server checks by itself: a server that runs has passed it. */
export function SelfCheckPanel() {
  const isInstance = useSession().tenant_id === null;
  const isShown = useMay("view_operation") && isInstance;
  const nodes = useNodes(isShown).data?.nodes ?? [];
  return (
    <Panel title="Self-check">
      <Text fz="sm">A server that starts compares its ledger with the last checkpoint it signed, and does not start when they differ.</Text>
      {nodes.map((node) => (
        <Text key={node.id} fz="sm" mt={6} component="div"><Badge tone="good" icon={IconShieldCheck} label="passed" /> by {node.name}, <Time at={node.started_at} as="full" /></Text>
      ))}
    </Panel>
  );
}
