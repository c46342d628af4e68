import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { useDestinations } from "../../api/queries";
import type { Destination } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Loaded, Panel } from "../../components/Panel";
import { StatusBadge } from "../../components/StatusBadge";
import { byTrouble, tally } from "../../components/destinationOrder";
import { lagOf, reasonOf } from "../destinations/words";
import classes from "./DestinationsPanel.module.css";

const height = 245;

export function DestinationsPanel() {
  const query = useDestinations();
  return (
    <Panel title="Destinations" tools={<Text fz="xs" c="dimmed">{query.data && tally(query.data.destinations ?? [])}</Text>}>
      <Loaded query={query} height={height}>
        {({ destinations = [] }) => destinations.length === 0
          ? <EmptyState title="Nothing is streamed yet" height={height}>A destination sends events to Splunk, Datadog, S3 and others. <Anchor component={Link} href="/destinations/new" fz="sm">Add one</Anchor></EmptyState>
          : <ul className={classes.list} style={{ height }} tabIndex={0} aria-label="Destinations, those in trouble first">{byTrouble(destinations).map((one) => <Row key={one.id} destination={one} />)}</ul>}
      </Loaded>
    </Panel>
  );
}

function Row({ destination }: { destination: Destination }) {
  const { last_error: error, status } = destination;
  const isInTrouble = status === "failed" || status === "degraded";
  return (
    <li className={classes.row}>
      <Stack gap={1}>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Anchor component={Link} href={`/destinations/${destination.id}`} fz="sm" truncate>{destination.name}</Anchor>
          <StatusBadge status={status} />
        </Group>
        {isInTrouble && error && <Text fz="xs" lineClamp={2} title={`${error.class}: ${error.message}`}>{reasonOf(error.class)} <Text span fz="xs" c="dimmed">{error.class}: {error.message}</Text></Text>}
        <Text fz="xs" c="dimmed" truncate>{destination.provider} · {lagOf(destination)}</Text>
      </Stack>
    </li>
  );
}
