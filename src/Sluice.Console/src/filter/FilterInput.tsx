import { Box, Combobox, Group, Text, TextInput, useCombobox } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { complete, proposals, slotAt, type Proposal, type Slot } from "./completion";
import { FilterFault } from "./FilterFault";
import { parse } from "./parse";

interface Props {
  /** The filter that holds. */
  value: string;
  onApply: (filter: string) => void;
  /** What the server found wrong with it, and where. */
  refusal?: { at: number; message: string } | null;
  /** Known values of a field; asked for while one is written. */
  useValues: (slot: Slot | null, isOwn: boolean) => readonly Proposal[];
  /** Of Sluice's own events. */
  isOwn: boolean;
}

/** A filter as text, with completion; Enter applies it. */
export function FilterInput({ value, onApply, refusal = null, useValues, isOwn }: Props) {
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const faultId = useId();
  const [held, setHeld] = useState(value);
  if (held !== value) {
    setHeld(value);
    setText(value);
  }
  const slot = slotAt(text, caret);
  const values = useValues(box.dropdownOpened ? slot : null, isOwn);
  const proposed = box.dropdownOpened && slot ? proposals(slot, values) : [];
  const fault = text.trim() === "" ? null : text === value && refusal ? refusal : parse(text).problem;
  const isShown = fault !== null && (text === value || !box.dropdownOpened || proposed.length === 0);

  function place(at: number) {
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
      setCaret(at);
    });
  }

  function choose(chosen: string) {
    if (!slot) return;
    const done = complete(text, slot, caret, chosen);
    setText(done.text);
    setCaret(done.caret);
    place(done.caret);
    box.resetSelectedOption();
  }

  function apply() {
    box.closeDropdown();
    if (fault && text.trim() !== "") return place(fault.at);
    onApply(text.trim());
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !(box.dropdownOpened && box.getSelectedOptionIndex() >= 0)) {
      event.preventDefault();
      apply();
    } else if (event.key === "Tab" && box.dropdownOpened && box.getSelectedOptionIndex() >= 0) {
      event.preventDefault();
      box.clickSelectedOption();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (box.dropdownOpened) box.closeDropdown();
      else input.current?.blur();
    }
  }

  const follow = () => setCaret(input.current?.selectionStart ?? 0);
  return (
    <Box style={{ flex: "1 1 320px", minWidth: 0 }}>
      <Combobox store={box} onOptionSubmit={choose} position="bottom-start" middlewares={{ flip: false }} offset={4}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={input} value={text} data-filter aria-label="Filter" placeholder='All events. Type a field, such as outcome, or press the down key' spellCheck={false} autoComplete="off" autoCapitalize="off"
            leftSection={<IconFilter size={15} aria-hidden />} error={isShown || undefined} aria-invalid={isShown} aria-describedby={isShown ? faultId : undefined} styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", color: "var(--mantine-color-text)" } }}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart ?? 0);
              box.openDropdown();
              box.resetSelectedOption();
            }}
            onSelect={follow} onClick={() => box.openDropdown()} onKeyDown={onKeyDown} onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={proposed.length === 0}>
          <Combobox.Options mah={280} style={{ overflowY: "auto" }} aria-label="What may stand here">
            {proposed.map(({ text: option, hint }) => (
              <Combobox.Option value={option} key={option}>
                <Group justify="space-between" wrap="nowrap" gap="md"><span className="mono">{option}</span><Text span fz="xs" c="dimmed" truncate>{hint}</Text></Group>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {isShown && <FilterFault id={faultId} text={text} fault={fault} />}
    </Box>
  );
}
