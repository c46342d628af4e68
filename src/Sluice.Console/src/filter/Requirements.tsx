import { Group, Pill } from "@mantine/core";
import { requirements, without } from "./edit";

/** What a filter requires, each to be taken away with a click. */
export function Requirements({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const all = requirements(filter) ?? [];
  if (all.length < 1) return null;
  return (
    <Group gap={6} role="group" aria-label="What the filter requires">
      {all.map(({ text }, index) => (
        <Pill key={text} size="sm" withRemoveButton onRemove={() => onChange(without(filter, index))} removeButtonProps={{ "aria-label": `Remove ${text}`, tabIndex: 0, "aria-hidden": false }} maw="100%">{text}</Pill>
      ))}
    </Group>
  );
}
