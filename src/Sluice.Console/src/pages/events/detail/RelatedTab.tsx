import { Anchor, Group, Loader, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { useEmbed } from "../../../app/embed";
import type { AuditEvent } from "../../../api/types";
import { counted } from "../../../text/numbers";
import { apiFilter, bounds, writeView } from "../view";
import { useCount } from "./queries";
import { relationsOf, type Relation } from "./related";

/** Where to look next, each with one click. */
export function RelatedTab({ event, isOwn }: { event: AuditEvent; isOwn: boolean }) {
  return <Stack gap={10} component="ul" m={0} p={0} style={{ listStyle: "none" }}>{relationsOf(event).map((relation) => <Line key={relation.filter} relation={relation} isOwn={isOwn} />)}</Stack>;
}

function Line({ relation: { label, filter, when }, isOwn }: { relation: Relation; isOwn: boolean }) {
  const count = useCount(apiFilter(filter, bounds(when, 0)), isOwn);
  const embed = useEmbed();
  const view = { filter, when, isOwn, open: null };
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="md">
        {embed ? <Anchor component="button" ta="left" fz="sm" onClick={() => embed.show(view)}>{label}</Anchor> : <Anchor component={Link} href={`/events${writeView(view)}`} fz="sm">{label}</Anchor>}
        <Text fz="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>{count.data !== undefined ? counted(count.data, "event") : count.error ? "" : <Loader size={12} aria-label="Counting" />}</Text>
      </Group>
      <Text className="mono" c="dimmed">{filter}</Text>
    </li>
  );
}
