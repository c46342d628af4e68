import { TextInput } from "@mantine/core";
import { fromField, toField } from "./moments";

interface Props {
  label: string;
  description?: string;
  /** As the API says it; empty for none. */
  value: string;
  onChange: (value: string) => void;
  w?: number;
}

/** A time in the viewer's zone. */
export function MomentInput({ value, onChange, ...rest }: Props) {
  return <TextInput type="datetime-local" step={1} value={toField(value)} onChange={(event) => onChange(fromField(event.currentTarget.value))} {...rest} />;
}
