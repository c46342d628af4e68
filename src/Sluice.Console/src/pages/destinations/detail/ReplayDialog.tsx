import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { Destination } from "../../../api/types";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { edge } from "../moments";
import { MomentInput } from "../MomentInput";
import { startReplay, useChange } from "../queries";

/** Which events are sent again. */
export function ReplayDialog({ of, onClose }: { of: Destination; onClose: () => void }) {
  const [by, setBy] = useState("time");
  const [range, setRange] = useState({ from: "", to: "" });
  const [filter, setFilter] = useState("");
  const [pace, setPace] = useState<number | "">("");
  const start = useChange(() => startReplay(of.id, { from: edge(range.from), to: edge(range.to), filter: filter || null, events_per_second: pace || null }), onClose);
  const isReady = range.from !== "" || filter !== "";
  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate();
  }
  return (
    <Modal opened onClose={onClose} title={`Replay to ${of.name}`} size="lg">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text fz="sm">The events go out once more, with the same ids, beside the live stream. What the destination’s filter keeps back is not sent.</Text>
          <SegmentedControl size="xs" aria-label="By" value={by} onChange={(value) => { setBy(value); setRange({ from: "", to: "" }); }} data={[{ value: "time", label: "By time" }, { value: "sequence", label: "By sequence" }]} style={{ alignSelf: "start" }} />
          <Group grow align="start">
            {by === "time"
              ? <><MomentInput label="From" value={range.from} onChange={(from) => setRange({ ...range, from })} /><MomentInput label="To (empty: until now)" value={range.to} onChange={(to) => setRange({ ...range, to })} /></>
              : <><NumberInput label="From sequence" min={0} allowDecimal={false} value={range.from} onChange={(from) => setRange({ ...range, from: String(from) })} /><NumberInput label="To sequence (empty: the last)" min={0} allowDecimal={false} value={range.to} onChange={(to) => setRange({ ...range, to: String(to) })} /></>}
          </Group>
          <TextInput label="Only events that match (optional)" placeholder={'actor.id EQ "usr_ada"'} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
          <NumberInput label="At most so many events a second (optional)" placeholder="as fast as it takes them" min={1} max={1_000_000} allowDecimal={false} value={pace} onChange={(value) => setPace(value === "" ? "" : Number(value))} />
          {start.error && <ProblemAlert error={start.error} />}
          <Group justify="end"><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" disabled={!isReady} loading={start.isPending}>Start the replay</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
