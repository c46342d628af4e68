import { Select, Stack } from "@mantine/core";
import { Panel } from "../../../components/Panel";
import { fieldOf, type Field } from "../fields";
import { FieldInput } from "./FieldInput";
import { HeadersTable } from "./HeadersTable";
import type { SectionProps } from "./sections";

const profiles = ["sluice", "zaita", "veza", "truthlocks", "gitlab", "zitadel", "cloudevents", "ocsf", "ecs", "cef", "leef"];

const shown = ["fields", "mask_personal", "compression", "max_in_flight", "heartbeat_seconds"];

/** How events are spelled and sent. All of it has defaults. */
export function HowPanel({ state, stored, refused }: SectionProps) {
  const { draft: { provider, values, headers }, set, setHeaders } = state;
  const fields = shown.map((name) => fieldOf(provider, name)).filter((field): field is Field => field !== undefined);
  return (
    <Panel title="How they are sent">
      <Stack gap="md">
        <Select label="Profile" description="How events are spelled. Empty: as this provider is used to." data={profiles} value={String(values.profile ?? "") || null} clearable={!stored} searchable placeholder="the provider’s default" error={refused("profile")} onChange={(value) => set("profile", value ?? "")} />
        {fieldOf(provider, "headers") && <HeadersTable rows={headers} onChange={setHeaders} error={refused("headers")} />}
        {fields.map((field) => <FieldInput key={field.name} field={field} value={values[field.name] ?? ""} onChange={(value) => set(field.name, value)} error={refused(field.name)} />)}
      </Stack>
    </Panel>
  );
}
