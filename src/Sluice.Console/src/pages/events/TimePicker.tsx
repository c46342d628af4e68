import { Button, Divider, Group, Popover, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconCalendar, IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useNow } from "../../components/useNow";
import { dayId, dayOf, lastDays, spanWords } from "../../text/days";
import { ranges } from "../../text/ranges";
import type { When } from "./view";

interface Props {
  value: When;
  onChange: (when: When) => void;
}

/** Which time is looked at: so far back, a day, or from one moment to another. */
export function TimePicker({ value, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const now = useNow();
  function choose(when: When) {
    setOpen(false);
    onChange(when);
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus withRoles={false} width={340}>
      <Popover.Target>
        <Button
          size="sm" variant="default" leftSection={<IconCalendar size={15} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />} onClick={() => setOpen(!isOpen)}
          aria-haspopup="dialog" aria-expanded={isOpen} aria-label={`Time: ${whenWords(value, now)}`}
        >
          {whenWords(value, now)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Time">
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing={6} verticalSpacing={4}>
            <div>{ranges.map((range) => <Choice key={range.id} label={capital(range.words)} isOn={value.kind === "last" && value.id === range.id} onClick={() => choose({ kind: "last", id: range.id })} />)}
              <Choice label="Any time" isOn={value.kind === "any"} onClick={() => choose({ kind: "any" })} /></div>
            <div>{lastDays(now).map((day) => <Choice key={day.id} label={day.words} isOn={value.kind === "span" && value.from === day.from && value.to === day.to} onClick={() => choose({ kind: "span", from: day.from, to: day.to })} />)}</div>
          </SimpleGrid>
          <Divider />
          <OneDay value={value} onChange={choose} />
          <FromTo key={JSON.stringify(value)} value={value} now={now} onChange={choose} />
          <Text fz="xs" c="dimmed">When it happened, in your time zone ({Intl.DateTimeFormat().resolvedOptions().timeZone}).</Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ label, isOn, onClick }: { label: string; isOn: boolean; onClick: () => void }) {
  return <Button variant={isOn ? "light" : "subtle"} {...(isOn ? {} : { color: "gray", c: "var(--mantine-color-text)" })} justify="start" fullWidth size="compact-sm" fw={isOn ? 600 : 400} aria-pressed={isOn} onClick={onClick}>{label}</Button>;
}

function OneDay({ value, onChange }: Props) {
  const isDay = value.kind === "span" && dayOf(dayId(value.from))?.to === value.to;
  return (
    <TextInput
      type="date" label="A day" size="xs" defaultValue={isDay ? dayId(value.from) : ""}
      onChange={(event) => {
        const day = dayOf(event.currentTarget.value);
        if (day && day.from > Date.UTC(1990, 0)) onChange({ kind: "span", ...day });
      }}
    />
  );
}

function FromTo({ value, now, onChange }: Props & { now: number }) {
  const span = value.kind === "span" ? value : { from: now - 3_600_000, to: now };
  const [from, setFrom] = useState(fieldText(span.from));
  const [to, setTo] = useState(fieldText(span.to));
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      if (first < last) onChange({ kind: "span", from: first, to: last });
    }}>
      <Group gap={6} grow preventGrowOverflow={false} wrap="nowrap">
        <TextInput type="datetime-local" label="From" size="xs" step={1} value={from} onChange={(event) => setFrom(event.currentTarget.value)} miw={0} />
        <TextInput type="datetime-local" label="To" size="xs" step={1} value={to} onChange={(event) => setTo(event.currentTarget.value)} miw={0} />
      </Group>
      <Group justify="space-between" mt={8}>
        <Text fz="xs" className="bad">{first < last ? "" : "“To” has to be after “From”."}</Text>
        <Button type="submit" variant="default" disabled={!(first < last)}>Show</Button>
      </Group>
    </form>
  );
}

/** As a field for a time holds it, in the viewer's zone. */
const fieldText = (at: number): string => `${dayId(at)}T${new Date(at).toTimeString().slice(0, 8)}`;

/** "Last 24 hours", "Last Tuesday, 17 Nov 2026". */
export function whenWords(when: When, now: number): string {
  if (when.kind === "any") return "Any time";
  if (when.kind === "last") return capital(ranges.find((range) => range.id === when.id)?.words ?? "");
  const known = lastDays(now).find((day) => day.from === when.from && day.to === when.to);
  return known && known.words !== "Today" ? `${known.words}, ${spanWords(when.from, when.to).replace(/^\w+, /, "")}` : known ? "Today" : spanWords(when.from, when.to);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
