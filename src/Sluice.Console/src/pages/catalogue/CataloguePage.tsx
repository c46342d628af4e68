import { Anchor, Badge, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useState, type MouseEvent } from "react";
import { Link, useLocation } from "wouter";
import { useEventTypes } from "../../api/queries";
import type { EventType } from "../../api/types";
import { useMay } from "../../app/session";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Page } from "../../components/Page";
import { Loaded } from "../../components/Panel";
import { quote } from "../../filter/tokens";
import { counted } from "../../text/numbers";
import { categoriesOf, categoryWords, findTypes } from "./find";

const height = "max(320px, calc(100dvh - 214px))";

/** Every event type that has a name, in both languages. */
export default function CataloguePage() {
  const types = useEventTypes();
  const [sought, setSought] = useState("");
  const [category, setCategory] = useState("");
  const found = findTypes(types.data?.event_types ?? [], sought, category || null);
  const mayRead = useMay("read_events");
  const [, navigate] = useLocation();
  return (
    <Page title="Event catalogue">
      <Group gap={8} align="end">
        <TextInput data-filter type="search" aria-label="Find an event type" placeholder="Find: login, certificate, Schlüssel" leftSection={<IconSearch size={15} aria-hidden />} value={sought} onChange={(event) => setSought(event.currentTarget.value)} style={{ flex: "1 1 220px" }} maw={420} />
        <NativeSelect aria-label="Category" value={category} onChange={(event) => setCategory(event.currentTarget.value)} data={[{ value: "", label: "All categories" }, ...categoriesOf(types.data?.event_types ?? []).map((value) => ({ value, label: categoryWords(value) }))]} />
        <Text fz="sm" c="dimmed" role="status" mb={8}>{types.data && counted(found.length, "event type")}</Text>
      </Group>
      <section className="panel" aria-label="Event types">
        <Loaded query={types} height={400}>
          {() => (
            <DataTable
              label="Event types" rows={found} columns={columns} rowKey={(type) => type.name} height={height} hasKeys {...(mayRead ? { onOpen: (type: EventType) => navigate(eventsOf(type)) } : {})}
              empty={<EmptyState title="No event type is called so" height={160}>Try a part of its name, in English or German. Senders may use types that are not in the catalogue: they count as uncatalogued.</EmptyState>}
            />
          )}
        </Loaded>
      </section>
    </Page>
  );
}

const columns: ColumnDef<EventType>[] = [
  { id: "name", header: "Event type", size: 210, cell: ({ row: { original } }) => <Name type={original} /> },
  { id: "en", header: "English", size: 230, cell: ({ row }) => <span title={row.original.description || undefined}>{row.original.labels.en}</span> },
  { id: "de", header: "Deutsch", size: 230, meta: { narrow: true }, cell: ({ row }) => <span lang="de">{row.original.labels.de}</span> },
  { id: "category", header: "Category", size: 150, meta: { narrow: true }, cell: ({ row }) => categoryWords(row.original.category) },
];

function Name({ type }: { type: EventType }) {
  const mayRead = useMay("read_events");
  return (
    <Group gap={6} wrap="nowrap">
      {mayRead ? <Anchor component={Link} href={eventsOf(type)} fz="sm" className="mono" truncate onClick={(event: MouseEvent) => event.stopPropagation()}>{type.name}</Anchor> : <span className="mono">{type.name}</span>}
      {type.source === "sluice" && <Badge size="xs" variant="default" tt="none" fw={500} style={{ flexShrink: 0 }}>Sluice’s own</Badge>}
    </Group>
  );
}

/** Its events, of the last month. */
const eventsOf = ({ name, source }: EventType): string => `/events?filter=${encodeURIComponent(`action EQ ${quote(name)}`)}&range=30d${source === "sluice" ? "&source=sluice" : ""}`;
