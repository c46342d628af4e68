import { Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useSession } from "../../../app/session";
import { Panel } from "../../../components/Panel";
import { Filtered } from "../columns";
import { isFiltered } from "../definition";
import { fieldOf } from "../fields";
import { MomentInput } from "../MomentInput";
import { DryRun } from "./DryRun";
import { EventTypesInput } from "./EventTypesInput";
import { FieldInput } from "./FieldInput";
import type { SectionProps } from "./sections";

/** Which events it gets, from where on, tried out before it is saved. */
export function EventsPanel({ state, stored, refused }: SectionProps) {
  const { draft: { provider, values }, draft, set } = state;
  const isInstance = useSession().tenant_id === null;
  const children = fieldOf(provider, "include_children");
  const onlyTenants = fieldOf(provider, "only_tenants");
  return (
    <Panel title="Which events" tools={isFiltered(draft) ? <Filtered /> : undefined}>
      <Stack gap="md">
        <EventTypesInput label="Event types" description="Only these. None: all, also types that come up later." value={values.event_types as string[]} onChange={(value) => set("event_types", value)} error={refused("event_types")} />
        <EventTypesInput label="Except event types" description="All but these." value={values.except_event_types as string[]} onChange={(value) => set("except_event_types", value)} error={refused("except_event_types")} />
        <Textarea label="Filter" description={<>Only events that match, such as <span className="mono">outcome EQ "denied" AND actor.type EQ "user"</span></>} autosize minRows={1} maxRows={6} value={String(values.filter ?? "")} onChange={(event) => set("filter", event.currentTarget.value)} error={refused("filter")} spellCheck={false} styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }} />
        {isInstance && !stored && <TextInput label="Tenant" description="The only tenant whose events it gets. Empty: all. It never changes." value={String(values.tenant_id ?? "")} onChange={(event) => set("tenant_id", event.currentTarget.value)} error={refused("tenant_id")} spellCheck={false} autoComplete="off" />}
        {onlyTenants && isInstance && <FieldInput field={onlyTenants} value={values.only_tenants ?? []} onChange={(value) => set("only_tenants", value)} error={refused("only_tenants")} />}
        {children && <FieldInput field={children} value={values.include_children ?? false} onChange={(value) => set("include_children", value)} />}
        {!stored && <StartFrom value={String(values.start_from ?? "now")} onChange={(value) => set("start_from", value)} error={refused("start_from")} />}
        <DryRun draft={stored ? { ...draft, values: { ...values, tenant_id: stored.tenant_id ?? "" } } : draft} />
      </Stack>
    </Panel>
  );
}

function StartFrom({ value, onChange, error }: { value: string; onChange: (value: string) => void; error: string | undefined }) {
  const choice = value === "now" || value === "beginning" ? value : "time";
  return (
    <>
      <Select label="Start from" data={[{ value: "now", label: "Now" }, { value: "beginning", label: "The beginning: all that is kept" }, { value: "time", label: "A time" }]} value={choice} error={error} allowDeselect={false} onChange={(next) => onChange(next === "time" ? new Date().toISOString() : next ?? "now")} />
      {choice === "time" && <MomentInput label="The first event committed at or after" value={value} onChange={(next) => onChange(next || "now")} />}
    </>
  );
}
