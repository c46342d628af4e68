import { Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { providers, type Provider } from "../fields";
import { kinds } from "../kinds";
import classes from "./KindChoice.module.css";

/** What sort of place it is. */
export function KindChoice({ onChoose }: { onChoose: (provider: Provider) => void }) {
  const [text, setText] = useState("");
  const shown = providers.filter((one) => `${one} ${kinds[one].name} ${kinds[one].for}`.toLowerCase().includes(text.toLowerCase()));
  return (
    <section className="panel" aria-label="Provider">
      <div className="panel-head">
        <Text fz="sm" fw={600}>Where do the events go?</Text>
        <TextInput size="xs" w={220} aria-label="Search providers" placeholder="Search" leftSection={<IconSearch size={14} />} value={text} onChange={(event) => setText(event.currentTarget.value)} data-filter />
      </div>
      <div className={classes.grid}>
        {shown.map((one) => (
          <UnstyledButton key={one} className={classes.kind} onClick={() => onChoose(one)}>
            <Text fz="sm" fw={600}>{kinds[one].name}</Text>
            <Text fz="xs" c="dimmed">{kinds[one].for}</Text>
          </UnstyledButton>
        ))}
        {shown.length === 0 && <Text fz="sm" c="dimmed">None has “{text}”. A webhook or HTTP goes nearly everywhere.</Text>}
      </div>
    </section>
  );
}
