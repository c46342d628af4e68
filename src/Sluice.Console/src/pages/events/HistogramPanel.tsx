import { Group, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { outcomes, totals, type OutcomePoint } from "../../components/outcomes";
import { Loaded } from "../../components/Panel";
import { StatusBadge } from "../../components/StatusBadge";
import { withTerm } from "../../filter/edit";
import { count, counted } from "../../text/numbers";
import { Histogram } from "./Histogram";
import { perWords } from "./histogram";
import classes from "./EventsPage.module.css";
import type { View } from "./view";

const height = 76;

interface Props {
  query: UseQueryResult<{ total: number; points: OutcomePoint[]; step: number }>;
  view: View;
  change: (change: Partial<View>) => void;
}

/** How many events there are, by outcome and over time. */
export function HistogramPanel({ query, view, change }: Props) {
  return (
    <section className="panel" aria-label="Over time" style={{ padding: "8px 14px 2px" }}>
      <Loaded query={query} height={height + 46}>
        {({ total, points, step }) => (
          <>
            <Group justify="space-between" gap="md" mih={26} mb={4}>
              <Text fz="sm"><b>{counted(total, "event")}</b> <Text span c="dimmed" fz="sm">{perWords(step)}</Text></Text>
              <Group gap={6}>{outcomes.map(({ name, area }) => (
                <button type="button" key={name} className={classes.legend} onClick={() => change({ filter: withTerm(view.filter, ["outcome"], name) })} title={`Show only ${name}`}>
                  <span style={{ width: 10, height: 10, borderRadius: 2, background: area }} aria-hidden /><StatusBadge status={name} label={`${count(totals(points)[name])} ${name}`} />
                </button>
              ))}</Group>
            </Group>
            <Histogram points={points} step={step} height={height} onNarrow={(from, to) => change({ when: { kind: "span", from, to } })} />
          </>
        )}
      </Loaded>
    </section>
  );
}
