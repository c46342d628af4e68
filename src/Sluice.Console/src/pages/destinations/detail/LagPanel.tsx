import { Group, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Loaded, Panel } from "../../../components/Panel";
import { compact, counted, rate } from "../../../text/numbers";
import { pace, within, type LagSample } from "../lag";
import { useLag } from "../queries";

const LagChart = lazy(() => import("./LagChart"));

const height = 200;
const spans = { "1h": 3_600_000, "24h": 86_400_000 };

type Span = keyof typeof spans;

/** How far behind, before the page was opened and since. */
export function LagPanel({ id }: { id: string }) {
  const query = useLag(id);
  const [span, setSpan] = useState<Span>("1h");
  const tools = (
    <Group gap="sm" wrap="nowrap">
      <Text fz="xs" c="dimmed">{query.data && inWords(query.data)}</Text>
      <SegmentedControl size="xs" aria-label="How far back" data={Object.keys(spans)} value={span} onChange={(name) => setSpan(name as Span)} />
    </Group>
  );
  return (
    <Panel title="Lag" tools={tools}>
      <Loaded query={query} height={height}>
        {(samples) => <Suspense fallback={<Skeleton h={height} />}><LagChart samples={within(samples, spans[span])} height={height} label={`Lag, ${span}. ${mostInWords(within(samples, spans[span]))}, ${inWords(samples)}`} /></Suspense>}
      </Loaded>
    </Panel>
  );
}

const mostInWords = (samples: LagSample[]): string => `${compact(Math.max(0, ...samples.map(({ events }) => events)))} events at most`;

function inWords(samples: LagSample[]): string {
  const perSecond = pace(samples);
  return `${counted(samples.at(-1)?.events ?? 0, "event")} behind${perSecond === null ? "" : `, ${rate(perSecond)} a second delivered`}`;
}
