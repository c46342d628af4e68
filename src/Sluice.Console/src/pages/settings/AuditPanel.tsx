import { Anchor, List, Text } from "@mantine/core";
import { Link } from "wouter";
import { Panel } from "../../components/Panel";

const places: [name: string, path: string][] = [
  ["Audit → SIEM", "/settings/audit/siem"],
  ["Monitoring → Audit events → Streams", "/admin/monitoring/audit-events/streams"],
  ["Integrations → SIEM Export", "/admin/integrations/siem-export"],
];

/** Under the names by which other products' documents look for destinations. */
export function AuditPanel() {
  return (
    <Panel title="Audit">
      <Text fz="sm" mb={6}>Where events are sent, and how each place is doing: destinations. Documents call them:</Text>
      <List fz="sm" spacing={4}>
        {places.map(([name, path]) => <List.Item key={path}><Anchor component={Link} href={path} fz="sm">{name}</Anchor></List.Item>)}
      </List>
    </Panel>
  );
}
