import { Anchor, List, Stack, Text } from "@mantine/core";
import { Panel } from "../../../components/Panel";
import type { Provider } from "../fields";
import { kinds, personalData } from "../kinds";

/** What is to be done at the other side, with which permissions, and what to beware of. */
export function KindPanel({ provider }: { provider: Provider }) {
  const { at, steps, permissions, warnings } = kinds[provider];
  return (
    <Panel title={at}>
      <Stack gap="sm">
        <List type="ordered" fz="sm" spacing={4}>{steps.map((step) => <List.Item key={step}>{step}</List.Item>)}</List>
        <Text fz="sm"><b>Permissions:</b> {permissions}</Text>
        {warnings.length > 0 && <List fz="sm" spacing={4} className="warn">{warnings.map((warning) => <List.Item key={warning}>{warning}</List.Item>)}</List>}
        <Text fz="sm" className="warn">{personalData} Below, members can be left out.</Text>
        <Anchor href={`/docs/destinations/${provider}.md`} target="_blank" fz="sm">All about this provider</Anchor>
      </Stack>
    </Panel>
  );
}
