import { Stack } from "@mantine/core";
import { Panel } from "../../../components/Panel";
import { fieldOf } from "../fields";
import { FieldInput } from "./FieldInput";
import { SecretInput } from "./SecretInput";
import type { SectionProps } from "./sections";

/** For receivers with an authority of their own, and those that ask for a certificate. */
export function CertificatesPanel({ state, stored, refused }: SectionProps) {
  const { draft: { provider, values, secrets }, set, setSecret } = state;
  const [authority, certificate, key] = ["ca_certificate", "client_certificate", "client_key"].map((name) => fieldOf(provider, name));
  if (!authority || !certificate || !key) return null;
  return (
    <Panel title="Certificates">
      <Stack gap="md">
        {[authority, certificate].map((field) => <FieldInput key={field.name} field={field} value={values[field.name] ?? ""} onChange={(value) => set(field.name, value)} error={refused(field.name)} placeholder="-----BEGIN CERTIFICATE-----" />)}
        <SecretInput field={key} isSet={stored?.credentials_set?.includes(key.name) ?? false} value={secrets[key.name]} onChange={(value) => setSecret(key.name, value)} error={refused(key.name)} />
      </Stack>
    </Panel>
  );
}
