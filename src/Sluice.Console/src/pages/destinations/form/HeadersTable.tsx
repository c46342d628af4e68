import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { looksSecret, type HeaderRow } from "../definition";
import classes from "./HeadersTable.module.css";

interface Props {
  rows: HeaderRow[];
  onChange: (rows: HeaderRow[]) => void;
  error: string | undefined;
}

const most = 20;

/** Headers that go with every request: those that are not active are kept and not sent. */
export function HeadersTable({ rows, onChange, error }: Props) {
  const change = (index: number, members: Partial<HeaderRow>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...members } : row)));
  const add = () => onChange([...rows, { name: "", value: "", active: true, secret: false, kept: false }]);
  return (
    <Stack gap="xs" role="group" aria-label="Headers">
      <div>
        <Text fz="sm" fw={500}>Headers</Text>
        <Text fz="xs" c="dimmed">Added to every request, at most {most}. The value of a secret one is never shown again.</Text>
      </div>
      {rows.map((row, index) => <Row key={index} row={row} at={index + 1} change={(members) => change(index, members)} remove={() => onChange(rows.filter((_, at) => at !== index))} />)}
      {error && <Text fz="xs" className="bad">{error}</Text>}
      <Group><Button variant="default" leftSection={<IconPlus size={14} />} onClick={add} disabled={rows.length >= most}>Add header</Button></Group>
    </Stack>
  );
}

function Row({ row, at, change, remove }: { row: HeaderRow; at: number; change: (members: Partial<HeaderRow>) => void; remove: () => void }) {
  const rename = (name: string) => change(row.kept ? { name } : { name, secret: looksSecret(name) });
  return (
    <div className={classes.row}>
      <TextInput size="xs" aria-label={`Name of header ${at}`} placeholder="Name" value={row.name} onChange={(event) => rename(event.currentTarget.value)} spellCheck={false} />
      <TextInput size="xs" aria-label={`Value of header ${at}`} placeholder={row.kept ? "set, never shown" : "Value"} type={row.secret ? "password" : "text"} autoComplete="off" value={row.value} onChange={(event) => change({ value: event.currentTarget.value })} spellCheck={false} />
      <Checkbox size="xs" label="Active" aria-label={`Header ${at} is active`} checked={row.active} onChange={(event) => change({ active: event.currentTarget.checked })} />
      <Checkbox size="xs" label="Secret" aria-label={`Header ${at} is secret`} checked={row.secret} disabled={row.kept} onChange={(event) => change({ secret: event.currentTarget.checked })} />
      <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Remove header ${at}`} onClick={remove}><IconTrash size={15} /></ActionIcon>
    </div>
  );
}
