import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { Value } from "../definition";
import { labelOf, type Field } from "../fields";
import { Described } from "./Described";

interface Props {
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
  /** What the API refused of it. */
  error?: string | undefined;
  placeholder?: string | undefined;
  disabled?: boolean;
}

const isLong = (name: string): boolean => name.endsWith("certificate") || name === "changefeed";

/** A member, as its sort wants it. Credentials are SecretInput's. */
export function FieldInput({ field, value, onChange, error, placeholder, disabled = false }: Props) {
  const common = { label: labelOf(field.name), description: <Described text={field.description} />, required: field.required, error, disabled, placeholder: placeholder ?? (field.default === undefined ? undefined : String(field.default)) };
  switch (field.kind) {
    case "boolean": return <Switch label={common.label} description={common.description} checked={value === true} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case "choice": return <Select {...common} data={[...(field.choices ?? [])]} value={String(value ?? "")} allowDeselect={false} onChange={(next) => onChange(next ?? "")} />;
    case "integer": return <NumberInput {...common} allowDecimal={false} value={typeof value === "number" ? value : ""} onChange={(next) => onChange(next === "" ? "" : Number(next))} />;
    case "array": return <TagsInput {...common} value={value as string[]} onChange={onChange} placeholder={(value as string[]).length ? "" : "none"} clearable />;
    default: return isLong(field.name)
      ? <Textarea {...common} autosize minRows={2} maxRows={8} value={String(value ?? "")} onChange={(event) => onChange(event.currentTarget.value)} spellCheck={false} />
      : <TextInput {...common} value={String(value ?? "")} onChange={(event) => onChange(event.currentTarget.value)} spellCheck={false} autoComplete="off" />;
  }
}
