import { Combobox, Group, Text, TextInput, useCombobox } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";
import { requiredValue, withoutField, withTerm } from "../../filter/edit";
import { count } from "../../text/numbers";
import { findPeople } from "./people";
import { usePeople } from "./queries";
import type { View } from "./view";

const byName = "name:";

/** Finds somebody by name, address or id. */
export function ActorSearch({ view, setFilter }: { view: View; setFilter: (filter: string) => void }) {
  const chosen = requiredValue(view.filter, "actor.id") ?? requiredValue(view.filter, "actor.name");
  const [sought, setSought] = useState<string | null>(null);
  const box = useCombobox({ onDropdownClose: () => setSought(null) });
  const people = usePeople(view.isOwn, box.dropdownOpened || chosen !== null);
  const found = findPeople(people.data ?? [], sought ?? "");
  const shown = sought ?? people.data?.find((person) => person.id === chosen)?.name ?? chosen ?? "";

  function choose(value: string) {
    const others = withoutField(withoutField(view.filter, "actor.id"), "actor.name");
    setFilter(value.startsWith(byName) ? withTerm(others, ["actor", "name"], value.slice(byName.length)) : withTerm(others, ["actor", "id"], value));
    box.closeDropdown();
  }

  return (
    <Combobox store={box} onOptionSubmit={choose} position="bottom-start" width={380}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          w={{ base: "100%", sm: 220 }} aria-label="Who" placeholder="Who: a name or an id" value={shown} spellCheck={false} autoComplete="off" leftSection={<IconUserSearch size={15} aria-hidden />}
          onFocus={(event) => event.currentTarget.select()} onClick={() => box.openDropdown()} onBlur={() => box.closeDropdown()}
          onChange={(event) => {
            setSought(event.currentTarget.value);
            box.openDropdown();
            box.selectFirstOption();
            if (event.currentTarget.value === "" && chosen) setFilter(withoutField(withoutField(view.filter, "actor.id"), "actor.name"));
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={300} style={{ overflowY: "auto" }} aria-label="People and machines">
          {found.map((person) => (
            <Combobox.Option value={person.id} key={person.id}>
              <Group justify="space-between" wrap="nowrap" gap="md">
                <div style={{ minWidth: 0 }}><Text fz="sm" truncate>{person.name ?? person.id}</Text><Text fz="xs" c="dimmed" truncate>{[person.name && person.id, person.email].filter(Boolean).join(" · ")}</Text></div>
                <Text fz="xs" c="dimmed">{count(person.count)}</Text>
              </Group>
            </Combobox.Option>
          ))}
          {sought && found.every((person) => person.id !== sought) && <Combobox.Option value={sought}>the id <span className="mono">{sought}</span></Combobox.Option>}
          {sought && found.every((person) => person.name !== sought) && <Combobox.Option value={byName + sought}>the name <span className="mono">{sought}</span></Combobox.Option>}
          {!sought && found.length === 0 && <Combobox.Empty>{people.isPending ? "Looking for names" : "Nobody yet: type a name or an id"}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
