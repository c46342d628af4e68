import { useMemo } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { compact } from "../text/numbers";
import { axisTime } from "../text/times";
import { ChartTip } from "./ChartTip";
import { outcomes, type OutcomePoint } from "./outcomes";

interface Props {
  points: OutcomePoint[];
  height: number;
  /** What it shows, in a sentence. */
  label: string;
}

/** How many events of each outcome, over time. */
export default function OutcomeChart({ points, height, label }: Props) {
  const span = useMemo(() => (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0), [points]);
  return (
    <div role="img" aria-label={label} style={{ height }}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <BarChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} barCategoryGap={1} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--sluice-line)" />
          <XAxis dataKey="at" tickFormatter={(at: number) => axisTime(at, span)} tick={tick} tickLine={false} axisLine={{ stroke: "var(--sluice-line)" }} minTickGap={48} />
          <YAxis width={44} allowDecimals={false} tickFormatter={compact} tick={tick} tickLine={false} axisLine={false} />
          <Tooltip content={<ChartTip />} cursor={{ fill: "var(--mantine-color-default-hover)" }} isAnimationActive={false} />
          {outcomes.map(({ name, area }) => <Bar key={name} dataKey={name} stackId="events" fill={area} isAnimationActive={false} />)}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

const tick = { fontSize: 11, fill: "var(--mantine-color-dimmed)" };
