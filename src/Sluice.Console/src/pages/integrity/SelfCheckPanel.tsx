import { Button, Progress, Stack, Text } from "@mantine/core";
import { useSelfCheck } from "../../api/queries";
import type { SelfChecks } from "../../api/types";
import { useMay, useSession } from "../../app/session";
import { Loaded, Panel } from "../../components/Panel";
import { ProblemAlert } from "../../components/ProblemAlert";
import { Time } from "../../components/Time";
import { count } from "../../text/numbers";
import { LastSelfCheck } from "./LastSelfCheck";
import { useStartSelfCheck } from "./queries";
import { progress } from "./selfCheckWords";

const height = 112;

/** What the server finds when it reads its own ledgers again, and a button that has it do so. */
export function SelfCheckPanel() {
  const isInstance = useSession().tenant_id === null;
  const mayStart = useMay("start_self_checks") && isInstance;
  const query = useSelfCheck();
  const start = useStartSelfCheck();
  const isBusy = start.isPending || query.data?.running != null;
  return (
    <Panel title="Last self-check" tools={mayStart && <Button size="xs" variant="default" disabled={isBusy} onClick={() => start.mutate()}>Check now</Button>}>
      <Loaded query={query} height={height}>
        {(state) => (
          <Stack gap={8} mih={height}>
            {start.error && <ProblemAlert error={start.error} />}
            <div aria-live="polite">{state.running ? <Running running={state.running} /> : state.last ? <LastSelfCheck check={state.last} /> : <Text fz="sm">None was made yet.</Text>}</div>
            {state.unfinished && <Text fz="sm" className="warn">The last attempt came to no end: {state.unfinished} It is made again within ten minutes.</Text>}
            <Text fz="xs" c="dimmed">
              The server reads every event again and compares it with its hash, the hashes with the tree, and the tree with every checkpoint that was signed. {state.next_at && <>The next one is due <Time at={state.next_at} as="ago" />.</>}
            </Text>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

function Running({ running }: { running: NonNullable<SelfChecks["running"]> }) {
  const percent = progress(running.events, running.expected);
  return (
    <Stack gap={6}>
      <Text fz="sm">Checking{running.node && <> on {running.node}</>} since <Time at={running.started_at} />: {percent === null ? "it begins" : `${count(running.events)} of ${count(running.expected)} events`}</Text>
      <Progress value={percent ?? 0} animated aria-label="Progress of the self-check" maw={480} />
    </Stack>
  );
}
