import { Anchor, Button, Group, Text } from "@mantine/core";
import { useEmbed } from "../../app/embed";
import { useMay } from "../../app/session";
import { EmptyState } from "../../components/EmptyState";
import { Time } from "../../components/Time";
import { dayAround } from "../../text/days";
import { useNewest } from "./queries";
import type { View } from "./view";

/** In place of no events: why, and where there are some. */
export function Nothing({ view, change }: { view: View; change: (change: Partial<View>) => void }) {
  const hasTime = view.when.kind !== "any";
  const newest = useNewest(view, hasTime);
  const maySend = useMay("send_events");
  const isEmbedded = useEmbed() !== null;
  if (hasTime && newest.isPending) return <EmptyState title="Nothing in this time" height={180}>Looking when there was something</EmptyState>;
  if (newest.data) {
    const { timestamp } = newest.data;
    return (
      <EmptyState title="Nothing in this time" height={180}>
        <Text fz="sm" mb={8}>The last event{view.filter ? " that the filter lets through" : ""} is of <Time at={timestamp} />.</Text>
        <Group justify="center" gap="xs">
          <Button onClick={() => change({ when: { kind: "span", ...dayAround(timestamp) } })}>Show that day</Button>
          <Button variant="default" onClick={() => change({ when: { kind: "any" } })}>Any time</Button>
        </Group>
      </EmptyState>
    );
  }
  if (view.filter) return <EmptyState title="No event fits this filter" height={180}><Anchor component="button" fz="sm" onClick={() => change({ filter: "" })}>Take the filter away</Anchor>, or one of its parts above. Names and values are case-sensitive.</EmptyState>;
  return (
    <EmptyState title="There are no events yet" height={180}>
      {maySend ? <>Send one with <span className="mono">POST /v1/audit/events</span>, or import a file with <span className="mono">sluice import</span>.</> : isEmbedded ? "What happens from now on shows here." : "They show here as soon as a sender’s key sends them."}
    </EmptyState>
  );
}
