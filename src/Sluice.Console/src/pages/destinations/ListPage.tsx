import { Anchor, Button, Group, Tabs, Text, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { useDestinations } from "../../api/queries";
import type { Destination } from "../../api/types";
import { useMay } from "../../app/session";
import { DataTable } from "../../components/DataTable";
import { byTrouble, tally } from "../../components/destinationOrder";
import { EmptyState } from "../../components/EmptyState";
import { Page } from "../../components/Page";
import { Loaded } from "../../components/Panel";
import { columns } from "./columns";
import { isInTrouble, matches } from "./list";
import { Reason } from "./Reason";

const rowHeight = 33;

/** All destinations, those in trouble first. */
export function ListPage() {
  const query = useDestinations();
  const mayChange = useMay("manage_destinations");
  return (
    <Page title="Destinations" tools={mayChange ? <Button component={Link} href="/destinations/new" leftSection={<IconPlus size={15} />}>Add destination</Button> : <Reason />}>
      <Loaded query={query} height={320}>{({ destinations = [] }) => destinations.length === 0 ? <Nothing /> : <Listed all={destinations} />}</Loaded>
    </Page>
  );
}

function Listed({ all }: { all: readonly Destination[] }) {
  const [, navigate] = useLocation();
  const [tab, setTab] = useState<string | null>("streams");
  const [text, setText] = useState("");
  const troubled = useMemo(() => all.filter(isInTrouble), [all]);
  const shown = useMemo(() => byTrouble(tab === "trouble" ? troubled : all).filter((one) => matches(one, text)), [tab, troubled, all, text]);
  return (
    <section className="panel" aria-label="All destinations">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Group justify="space-between" px="sm" pt="xs" gap="xs" align="end">
          <Tabs.List style={{ borderBottom: 0 }}>
            <Tabs.Tab value="streams">Streams {all.length}</Tabs.Tab>
            <Tabs.Tab value="trouble">In trouble {troubled.length}</Tabs.Tab>
          </Tabs.List>
          <Group gap="md" pb={6}>
            <Text fz="xs" c="dimmed" visibleFrom="sm">{tally(all)}</Text>
            <TextInput size="xs" w={230} aria-label="Search destinations" placeholder="Name, provider, tenant, status" leftSection={<IconSearch size={14} />} value={text} onChange={(event) => setText(event.currentTarget.value)} data-filter />
          </Group>
        </Group>
        <Tabs.Panel value={tab ?? "streams"}>
          <DataTable
            label="Destinations, those in trouble first" rows={shown} columns={columns} rowKey={(one) => one.id} hasKeys onOpen={(one) => navigate(`/destinations/${one.id}`)}
            height={Math.min(20, Math.max(3, shown.length)) * rowHeight + 40}
            empty={<EmptyState title={text ? `None has “${text}”` : "None is in trouble"}>{text ? <Anchor component="button" fz="sm" onClick={() => setText("")}>Show all</Anchor> : "Every destination takes events, or is switched off."}</EmptyState>}
          />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Nothing() {
  const mayChange = useMay("manage_destinations");
  return (
    <section className="panel">
      <EmptyState title="Nothing is streamed yet" height={320}>
        A destination gets every event that its filter lets through: Splunk, Datadog, S3, a webhook and others. {mayChange ? <Anchor component={Link} href="/destinations/new" fz="sm">Add one</Anchor> : "An admin or operator can add one."}
      </EmptyState>
    </section>
  );
}
