import { Anchor, Group, Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useMay } from "../../app/session";
import { EmptyState } from "../../components/EmptyState";
import { outcomes, totals, type OutcomePoint } from "../../components/outcomes";
import { Loaded, Panel } from "../../components/Panel";
import { StatusBadge } from "../../components/StatusBadge";
import { count, counted } from "../../text/numbers";
import { ranges, type Range } from "../../text/ranges";
import { useOutcomes } from "./queries";

const OutcomeChart = lazy(() => import("../../components/OutcomeChart"));

const height = 220;

export function OutcomesPanel({ range, setRange }: { range: Range; setRange: (range: Range) => void }) {
  const query = useOutcomes(range, true);
  return (
    <Panel title={`Events per ${range.per}, by outcome`} tools={query.data && <Legend points={query.data} />}>
      <Loaded query={query} height={height}>
        {(points) => hasEvents(points)
          ? <Suspense fallback={<Skeleton h={height} />}><OutcomeChart points={points} height={height} label={inWords(points, range)} /></Suspense>
          : <NoEvents range={range} setRange={setRange} />}
      </Loaded>
    </Panel>
  );
}

function Legend({ points }: { points: OutcomePoint[] }) {
  const sum = totals(points);
  return (
    <Group gap="md" wrap="wrap">
      {outcomes.map(({ name, area }) => (
        <Group key={name} gap={6} wrap="nowrap">
          <span style={{ width: 10, height: 10, borderRadius: 2, background: area }} aria-hidden />
          <StatusBadge status={name} label={`${count(sum[name])} ${name}`} />
        </Group>
      ))}
    </Group>
  );
}

function NoEvents({ range, setRange }: { range: Range; setRange: (range: Range) => void }) {
  const longer = ranges[ranges.indexOf(range) + 1];
  const maySend = useMay("send_events");
  return (
    <EmptyState title={`Nothing happened in the ${range.words}`} height={height}>
      {longer && <Text fz="sm">Look at the <Anchor component="button" fz="sm" onClick={() => setRange(longer)}>{longer.words}</Anchor>: counted is when events happened, not when they arrived.</Text>}
      {maySend && <Text fz="sm">Send one with <span className="mono">POST /v1/audit/events</span>, or import a file with <span className="mono">sluice import</span>.</Text>}
    </EmptyState>
  );
}

const hasEvents = (points: OutcomePoint[]): boolean => points.some((point) => point.success + point.failure + point.denied > 0);

function inWords(points: OutcomePoint[], range: Range): string {
  const sum = totals(points);
  return `In the ${range.words}: ${counted(sum.success, "success", "successes")}, ${counted(sum.failure, "failure")}, ${count(sum.denied)} denied.`;
}
