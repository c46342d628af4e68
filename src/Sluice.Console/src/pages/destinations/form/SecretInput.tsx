import { Button, Group, Input, PasswordInput, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { labelOf, replaceLabel, type Field } from "../fields";
import { Described } from "./Described";

interface Props {
  field: Field;
  /** Whether one is stored. */
  isSet: boolean;
  /** What was typed; null when the stored one is to go. */
  value: string | null | undefined;
  onChange: (value: string | null | undefined) => void;
  error?: string | undefined;
  /** It is to be replaced: the field is open and has the focus. */
  isWanted?: boolean;
}

/** These have lines, which a password field would lose. */
const hasLines = (name: string): boolean => ["private_key", "client_key", "credentials"].includes(name);

/** A credential. One that is set is never shown, only replaced or removed. */
export function SecretInput({ field, isSet, value, onChange, error, isWanted = false }: Props) {
  const [isOpen, setOpen] = useState(isWanted || !isSet);
  const label = labelOf(field.name);
  if (!isOpen) return <Stored label={label} isGoing={value === null} error={error}><Choices field={field} isGoing={value === null} onReplace={() => { onChange(undefined); setOpen(true); }} onChange={onChange} /></Stored>;
  const common = {
    label: isSet ? replaceLabel(field.name) : label, description: <Described text={field.description} />, error, required: field.required && !isSet, value: value ?? "", autoComplete: "new-password", spellCheck: false,
    autoFocus: isSet, placeholder: isSet ? "empty: the stored one stays" : undefined, onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value || undefined),
  };
  return hasLines(field.name)
    ? <Textarea {...common} autosize minRows={3} maxRows={6} styles={{ input: { WebkitTextSecurity: "disc", fontFamily: "var(--mantine-font-family-monospace)" } as React.CSSProperties }} />
    : <PasswordInput {...common} />;
}

function Stored({ label, isGoing, error, children }: { label: string; isGoing: boolean; error: string | undefined; children: React.ReactNode }) {
  return (
    <Stack gap={4}>
      <Group gap="sm"><Text fz="sm" fw={500}>{label}</Text><Text fz="sm" c="dimmed">{isGoing ? "is removed when you save" : "set, never shown"}</Text></Group>
      {children}
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  );
}

interface ChoicesProps {
  field: Field;
  isGoing: boolean;
  onReplace: () => void;
  onChange: (value: null | undefined) => void;
}

function Choices({ field, isGoing, onReplace, onChange }: ChoicesProps) {
  return (
    <Group gap="xs">
      <Button variant="default" onClick={onReplace}>{replaceLabel(field.name)}</Button>
      {field.nullable && <Button variant="subtle" onClick={() => onChange(isGoing ? undefined : null)}>{isGoing ? "Keep it" : "Remove it"}</Button>}
    </Group>
  );
}
