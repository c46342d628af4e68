import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../../../api/client";
import { CodeBlock } from "../../../components/CodeBlock";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { count, counted } from "../../../text/numbers";
import { toDryRun, type Draft } from "../definition";

const days = 7;

/** What of the last week would have been sent. Nothing is stored or sent. */
export function DryRun({ draft }: { draft: Draft }) {
  const body = toDryRun(draft, days);
  const run = useMutation({ mutationFn: async (asked: typeof body) => ({ asked: JSON.stringify(asked), answer: await call("post", "/v1/audit/siem/dry-run", { body: asked }) }) });
  const isStale = run.data !== undefined && run.data.asked !== JSON.stringify(body);
  const { matched, of, samples, unknown_event_types: unknown } = run.data?.answer ?? { matched: 0, of: 0, samples: [], unknown_event_types: [] };
  const sample = samples[0];
  return (
    <Stack gap="xs" role="group" aria-label="Dry run">
      <Group gap="sm">
        <Button variant="default" onClick={() => run.mutate(body)} loading={run.isPending}>Try it on the last {days} days</Button>
        {!run.data && <Text fz="xs" c="dimmed">counts what would be sent, and shows one; sends nothing</Text>}
      </Group>
      {run.error && <ProblemAlert error={run.error} />}
      {run.data && (
        <div role="status">
          <Text fz="sm" className={matched === 0 && of > 0 ? "warn" : undefined}><b>{count(matched)}</b> of {counted(of, "event")} of the last {days} days would have been sent.{isStale ? " You changed something since: try again." : ""}</Text>
          {unknown.length > 0 && <Text fz="sm" className="warn">None of the events has the type {unknown.join(", ")}: is it misspelled?</Text>}
        </div>
      )}
      {sample !== undefined && <CodeBlock label="the newest, as it would be sent">{typeof sample === "string" ? sample : JSON.stringify(sample, null, 2)}</CodeBlock>}
    </Stack>
  );
}
