import { SimpleGrid, Text } from "@mantine/core";
import { useNodes } from "../../api/queries";
import { Loaded } from "../../components/Panel";
import { Page } from "../../components/Page";
import { counted } from "../../text/numbers";
import { NodePanel } from "./NodePanel";

export default function NodesPage() {
  const query = useNodes();
  const streams = query.data?.nodes.flatMap((node) => node.streams).length ?? 0;
  return (
    <Page title="Nodes" tools={query.data && <Text fz="sm" c="dimmed">{counted(query.data.nodes.length, "node")}, {counted(streams, "stream")}</Text>}>
      <Loaded query={query} height={260}>
        {({ nodes }) => <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">{nodes.map((node) => <NodePanel key={node.id} node={node} />)}</SimpleGrid>}
      </Loaded>
      <Text fz="sm" c="dimmed" maw={720}>
        Nodes that share a PostgreSQL share the streams out among them, and take over within ten seconds when one is gone. To add one, start another server with the same <span className="mono">--store</span> and the same master key.
      </Text>
    </Page>
  );
}
