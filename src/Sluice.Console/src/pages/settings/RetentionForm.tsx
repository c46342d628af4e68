import { Button, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { call } from "../../api/client";
import { keys } from "../../api/keys";
import { ProblemAlert } from "../../components/ProblemAlert";
import { counted } from "../../text/numbers";

const mostDays = 36_500;

/** Changes for how many days events are kept; asks first when that removes any. */
export function RetentionForm({ days }: { days: number | null }) {
  const client = useQueryClient();
  const [wanted, setWanted] = useState<number | "">(days ?? "");
  const [isAsking, setAsking] = useState(false);
  const next = wanted === "" ? null : wanted;
  const save = useMutation({
    mutationFn: () => call("put", "/v1/audit/retention", { body: { days: next } }),
    onSuccess: (retention) => client.setQueryData(keys.retention, retention),
    onSettled: () => setAsking(false),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (removesMore(days, next)) setAsking(true);
    else save.mutate();
  }
  return (
    <form onSubmit={submit}>
      <Group align="end" gap="xs">
        <NumberInput label="Days" placeholder="for ever" w={130} min={1} max={mostDays} allowDecimal={false} value={wanted} onChange={(value) => setWanted(value === "" ? "" : Number(value))} />
        <Button type="submit" size="sm" disabled={next === days} loading={save.isPending}>Save</Button>
      </Group>
      <Text fz="xs" c="dimmed" mt={4}>Empty keeps them for ever. Whole segments of 1,048,576 events go, once all of their events are older.</Text>
      {save.error && <ProblemAlert error={save.error} />}
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Remove events older than ${counted(next ?? 0, "day")}?`} size="sm">
        <Stack gap="md">
          <Text fz="sm">It holds for every tenant. What was removed cannot be brought back; proofs of what stays go on working.</Text>
          <Group justify="end"><Button variant="default" onClick={() => setAsking(false)}>Keep them</Button><Button color="red.9" onClick={() => save.mutate()} loading={save.isPending}>Remove them</Button></Group>
        </Stack>
      </Modal>
    </form>
  );
}

/** Null is for ever. */
const removesMore = (before: number | null, after: number | null): boolean => after !== null && (before === null || after < before);
