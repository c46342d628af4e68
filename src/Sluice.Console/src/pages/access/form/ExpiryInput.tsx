import { Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { useNow } from "../../../components/useNow";
import { dayId } from "../../../text/days";
import { endOf, expiryPresets, type Expiry } from "../expiry";

interface Props {
  label?: string;
  value: Expiry;
  onChange: (expiry: Expiry) => void;
  error: string | undefined;
}

/** When a key ends. */
export function ExpiryInput({ label = "Ends", value, onChange, error }: Props) {
  const now = useNow();
  const end = endOf(value, now);
  return (
    <div>
      <Group gap="xs" align="start">
        <NativeSelect label={label} w={210} data={expiryPresets.map(({ value, label }) => ({ value, label }))} value={value.preset} onChange={(event) => onChange({ ...value, preset: event.currentTarget.value })} />
        {value.preset === "day" && <TextInput type="date" label="Last day" w={170} min={dayId(now)} value={value.day} error={error} onChange={(event) => onChange({ ...value, day: event.currentTarget.value })} />}
      </Group>
      <Text fz="xs" c="dimmed" mt={4}>{end === null ? (value.preset === "never" ? "It works until somebody revokes it." : "It works to the end of that day.") : `It works until ${dayWords(end)}; rotate it before.`}</Text>
    </div>
  );
}

const dayWords = (at: string): string => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(at));
