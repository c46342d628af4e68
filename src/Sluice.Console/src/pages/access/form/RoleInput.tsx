import { Radio, Stack } from "@mantine/core";
import type { Role } from "../../../api/types";
import { roles, roleSentence } from "../roles";

interface Props {
  value: Role | null;
  onChange: (role: Role) => void;
  error: string | undefined;
}

/** Roles with what each is for. */
export function RoleInput({ value, onChange, error }: Props) {
  return (
    <Radio.Group label="Role" value={value} onChange={(role) => onChange(role as Role)} error={error} errorProps={{ mt: 6 }} data-invalid={error !== undefined}>
      <Stack gap={7} mt={5}>{roles.map((role) => <Radio key={role} size="xs" value={role} label={role} description={roleSentence[role]} styles={{ label: { fontWeight: 500 }, description: { marginTop: 1, fontSize: 12 } }} />)}</Stack>
    </Radio.Group>
  );
}
