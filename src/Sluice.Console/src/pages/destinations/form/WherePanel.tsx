import { Stack, Switch, Text, TextInput } from "@mantine/core";
import { Panel } from "../../../components/Panel";
import { isInTheClear } from "../definition";
import { fieldOf, ownFields } from "../fields";
import { kinds } from "../kinds";
import { FieldInput } from "./FieldInput";
import { SecretInput } from "./SecretInput";
import type { SectionProps } from "./sections";

/** Its name, its address, what its provider wants, its credentials, and whether it is on. */
export function WherePanel({ state, stored, refused, wantsCredentials }: SectionProps) {
  const { draft, set, setSecret } = state;
  const { provider, values } = draft;
  const endpoint = fieldOf(provider, "endpoint");
  const own = ownFields(provider).filter(({ name }) => !stored || name !== "verification_token");
  const firstSecret = own.find(({ kind }) => kind === "secret")?.name;
  return (
    <Panel title={kinds[provider].name}>
      <Stack gap="md">
        <TextInput label="Name" description="For people. Made up when you leave it empty." value={String(values.name ?? "")} error={refused("name")} onChange={(event) => set("name", event.currentTarget.value)} maxLength={72} autoComplete="off" />
        {endpoint && <FieldInput field={endpoint} value={values.endpoint ?? ""} onChange={(value) => set("endpoint", value)} error={refused("endpoint")} placeholder={kinds[provider].endpoint} />}
        {isInTheClear(values.endpoint) && <Text fz="sm" className="warn" role="status">Events and credentials travel in the clear to this address. Use an encrypted one if you can.</Text>}
        {own.map((field) => field.kind === "secret"
          ? <SecretInput key={field.name} field={field} isSet={stored?.credentials_set?.includes(field.name) ?? false} value={draft.secrets[field.name]} onChange={(value) => setSecret(field.name, value)} error={refused(field.name)} isWanted={Boolean(wantsCredentials) && field.name === firstSecret} />
          : <FieldInput key={field.name} field={field} value={values[field.name] ?? ""} onChange={(value) => set(field.name, value)} error={refused(field.name)} />)}
        <Switch label="Enabled" description="Off, it gets nothing until you switch it on." checked={values.enabled === true} onChange={(event) => set("enabled", event.currentTarget.checked)} />
      </Stack>
    </Panel>
  );
}
