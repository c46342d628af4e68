import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { call } from "../../../api/client";
import type { Destination } from "../../../api/types";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { MomentInput } from "../MomentInput";
import { useChange } from "../queries";

/** A destination that was given up goes on: from where, is the question. */
export function ResumeDialog({ of, onClose }: { of: Destination; onClose: () => void }) {
  const [from, setFrom] = useState("gap");
  const [at, setAt] = useState("");
  const resume = useChange(() => call("post", "/v1/audit/siem/{id}/resume", { path: { id: of.id }, body: { from: from === "time" ? at : from } }), onClose);
  return (
    <Modal opened onClose={onClose} title={`Resume ${of.name}`}>
      <Stack gap="md">
        <Radio.Group value={from} onChange={setFrom} label="From where?">
          <Stack gap="xs" mt={6}>
            <Radio value="gap" label="Where it stopped" description="Sends the gap first. Nothing is missing then." />
            <Radio value="now" label="Now" description="The gap stays in the list, to be refilled or not." />
            <Radio value="time" label="A time" description="The first event committed then or later." />
          </Stack>
        </Radio.Group>
        {from === "time" && <MomentInput label="Time" value={at} onChange={setAt} />}
        {resume.error && <ProblemAlert error={resume.error} />}
        <Group justify="end"><Button variant="default" onClick={onClose}>Cancel</Button><Button onClick={() => resume.mutate()} loading={resume.isPending} disabled={from === "time" && !at}>Resume it</Button></Group>
      </Stack>
    </Modal>
  );
}
