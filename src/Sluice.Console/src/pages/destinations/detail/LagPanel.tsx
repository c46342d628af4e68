import { Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Loaded, Panel } from "../../../components/Panel";
import { counted, rate } from "../../../text/numbers";
import { pace, type LagSample } from "../lag";
import { useLag } from "../queries";

const LagChart = lazy(() => import("./LagChart"));

const height = 200;

/** How far behind, since the page was opened. */
export function LagPanel({ id }: { id: string }) {
  const query = useLag(id);
  return (
    <Panel title="Lag" tools={<Text fz="xs" c="dimmed">{query.data && inWords(query.data)}</Text>}>
      <Loaded query={query} height={height}>
        {(samples) => <Suspense fallback={<Skeleton h={height} />}><LagChart samples={samples} height={height} label={`Lag since this page was opened. ${inWords(samples)}`} /></Suspense>}
      </Loaded>
    </Panel>
  );
}

function inWords(samples: LagSample[]): string {
  const perSecond = pace(samples);
  return `${counted(samples.at(-1)?.events ?? 0, "event")} behind${perSecond === null ? "" : `, ${rate(perSecond)} a second delivered`}`;
}
