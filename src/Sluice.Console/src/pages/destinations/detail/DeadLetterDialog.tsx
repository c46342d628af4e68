import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { call } from "../../../api/client";
import { CodeBlock } from "../../../components/CodeBlock";
import { Facts } from "../../../components/Facts";
import { Loaded } from "../../../components/Panel";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { Time } from "../../../components/Time";
import { useChange, useDeadLetter } from "../queries";

interface Props {
  id: string;
  sequence: number;
  mayChange: boolean;
  onClose: () => void;
}

/** One refused event as it was sent, with the reason. */
export function DeadLetterDialog({ id, sequence, mayChange, onClose }: Props) {
  const query = useDeadLetter(id, sequence);
  const replay = useChange(() => call("post", "/v1/audit/siem/{id}/dead-letters/replay", { path: { id }, body: { sequences: [sequence] } }), onClose);
  const remove = useChange(() => call("delete", "/v1/audit/siem/{id}/dead-letters/{sequence}", { path: { id, sequence } }), onClose);
  const error = replay.error ?? remove.error;
  return (
    <Modal opened onClose={onClose} title={`Dead letter ${sequence}`} size="lg">
      <Stack gap="md">
        <Loaded query={query} height={260}>
          {(letter) => (
            <>
              <Facts of={[["Reason", letter.reason], ["Class", letter.class], ["Event", <span className="mono">{letter.id}</span>], ["Tenant", letter.tenant_id], ["At", <Time at={letter.at} as="full" />], ["Tried", `${letter.attempts} times`]]} />
              {letter.event == null
                ? <Text fz="sm" c="dimmed">Retention removed the event: it cannot be sent any more.</Text>
                : <CodeBlock label="the event as it was sent">{typeof letter.event === "string" ? letter.event : JSON.stringify(letter.event, null, 2)}</CodeBlock>}
            </>
          )}
        </Loaded>
        {error && <ProblemAlert error={error} />}
        {mayChange
          ? <Group justify="end"><Button variant="default" c="var(--sluice-bad)" onClick={() => remove.mutate()} loading={remove.isPending}>Remove from the list</Button><Button onClick={() => replay.mutate()} loading={replay.isPending}>Replay</Button></Group>
          : <Text fz="xs" c="dimmed">To send it again takes a key of role admin or operator.</Text>}
      </Stack>
    </Modal>
  );
}
