import { ActionIcon, Group, Menu, Tabs, Text, Title } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconDots, IconExternalLink, IconX } from "@tabler/icons-react";
import { Link } from "wouter";
import { useEventTypes } from "../../../api/queries";
import type { AuditEvent } from "../../../api/types";
import { useEmbed } from "../../../app/embed";
import { CodeBlock } from "../../../components/CodeBlock";
import { Loaded } from "../../../components/Panel";
import { StatusBadge } from "../../../components/StatusBadge";
import { Time } from "../../../components/Time";
import { curl } from "../curl";
import type { Narrow } from "../EventTable";
import { resourceOf } from "../members";
import { permalink } from "../view";
import { MembersTab } from "./MembersTab";
import { ProfilesTab } from "./ProfilesTab";
import { ProofTab } from "./ProofTab";
import { RelatedTab } from "./RelatedTab";
import { useEvent, type EventPlace } from "./queries";
import classes from "./EventDetail.module.css";

interface Props {
  place: EventPlace;
  known?: AuditEvent | undefined;
  narrow: Narrow;
  /** Nothing: it is a page of its own. */
  onClose?: () => void;
  className?: string | undefined;
  height?: string | undefined;
}

/** One event: what it says, as others spell it, what has to do with it, and its proof. */
export function EventDetail({ place, known, narrow, onClose, className, height }: Props) {
  const query = useEvent(place, known);
  return (
    <section className={`panel ${className ?? ""}`} aria-label="Event" style={height ? { height } : undefined} tabIndex={height ? 0 : undefined}>
      <Loaded query={query} height={400}>
        {(event) => (
          <>
            <Head event={event} place={place} onClose={onClose} />
            <Tabs defaultValue="event" keepMounted={false} key={`${event.tenant_id}/${event.id}`}>
              <Tabs.List px="sm" style={{ flexWrap: "wrap" }}>{tabs.map(([id, label]) => <Tabs.Tab key={id} value={id} px={10} py={8}>{label}</Tabs.Tab>)}</Tabs.List>
              <div className={classes.body}>
                <Tabs.Panel value="event"><MembersTab event={event} narrow={narrow} /></Tabs.Panel>
                <Tabs.Panel value="json"><CodeBlock label="the event as JSON">{JSON.stringify(event, null, 2)}</CodeBlock></Tabs.Panel>
                <Tabs.Panel value="profiles"><ProfilesTab place={place} /></Tabs.Panel>
                <Tabs.Panel value="related"><RelatedTab event={event} isOwn={place.isOwn} /></Tabs.Panel>
                <Tabs.Panel value="proof"><ProofTab place={place} /></Tabs.Panel>
              </div>
            </Tabs>
          </>
        )}
      </Loaded>
    </section>
  );
}

const tabs = [["event", "Event"], ["json", "JSON"], ["profiles", "Profiles"], ["related", "Related"], ["proof", "Proof"]] as const;

function Head({ event, place, onClose }: { event: AuditEvent; place: EventPlace; onClose: (() => void) | undefined }) {
  const label = useEventTypes().data?.event_types.find((type) => type.name === event.action)?.labels.en;
  return (
    <div className={classes.head}>
      <div style={{ minWidth: 0 }}>
        <Group gap="sm"><Title order={2} fz="md" style={{ overflowWrap: "anywhere" }}>{label ?? event.action}</Title><StatusBadge status={event.outcome} /></Group>
        <Text fz="sm" style={{ overflowWrap: "anywhere" }}>{event.actor.name ?? event.actor.id}{event.resource && <>, {resourceOf(event)}</>}{event.source_ip && <>, from <span className="mono">{event.source_ip}</span></>}</Text>
        <Text fz="xs" c="dimmed" component="div"><Time at={event.timestamp} as="full" /></Text>
      </div>
      <Group gap={2} wrap="nowrap">
        <Tools event={event} place={place} isPane={onClose !== undefined} />
        {onClose && <ActionIcon variant="subtle" color="gray" c="dimmed" onClick={onClose} aria-label="Close the event" title="Close (Esc)"><IconX size={17} /></ActionIcon>}
      </Group>
    </div>
  );
}

function Tools({ event, place, isPane }: { event: AuditEvent; place: EventPlace; isPane: boolean }) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const isEmbedded = useEmbed() !== null;
  const link = permalink(event, place.isOwn);
  const command = curl(window.location.origin, `/v1/audit/events/${encodeURIComponent(event.id)}`, place.isOwn ? { source: "sluice" } : { tenant_id: event.tenant_id });
  return (
    <>
      {isPane && !isEmbedded && <ActionIcon component={Link} href={link} variant="subtle" color="gray" c="dimmed" aria-label="Open as a page" title="Open as a page"><IconExternalLink size={16} /></ActionIcon>}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target><ActionIcon variant="subtle" color="gray" c="dimmed" aria-label="Copy the event"><IconDots size={17} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {!isEmbedded && <Menu.Item onClick={() => clipboard.copy(window.location.origin + link)}>Copy the link</Menu.Item>}
          {!isEmbedded && <Menu.Item onClick={() => clipboard.copy(command)}>Copy as cURL</Menu.Item>}
          <Menu.Item onClick={() => clipboard.copy(JSON.stringify(event))}>Copy the JSON</Menu.Item>
          <Menu.Item onClick={() => clipboard.copy(event.id)}>Copy the id</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
