import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { call } from "../../../api/client";
import type { Destination } from "../../../api/types";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { counted } from "../../../text/numbers";
import { useChange } from "../queries";

/** Deletes after its name was typed. */
export function DeleteButton({ of }: { of: Destination }) {
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useChange(() => call("delete", "/v1/audit/siem/{id}", { path: { id: of.id } }), () => setAsking(false));
  const isFlushed = of.status === "active" || of.status === "degraded";
  return (
    <>
      <Button variant="default" c="var(--sluice-bad)" onClick={() => setAsking(true)}>Delete</Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Delete ${of.name}?`}>
        <form onSubmit={(event) => { event.preventDefault(); remove.mutate(); }}>
          <Stack gap="md">
            <Text fz="sm">
              {isFlushed ? `What was accepted until now is still sent, for at most 30 seconds; ${counted(of.lag.events ?? 0, "event")} wait. ` : "It goes at once, with nothing more sent. "}
              Its credentials, dead letters and gaps go with it. Events stay in the ledger.
            </Text>
            <TextInput label={<>Type its name, <b>{of.name}</b>, to confirm</>} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" data-autofocus />
            {remove.error && <ProblemAlert error={remove.error} />}
            <Group justify="end">
              <Button variant="default" onClick={() => setAsking(false)}>Keep it</Button>
              <Button type="submit" color="red.9" disabled={typed.trim() !== (of.name ?? "").trim()} loading={remove.isPending}>Delete it</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
