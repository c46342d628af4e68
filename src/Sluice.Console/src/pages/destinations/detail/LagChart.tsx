import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { compact } from "../../../text/numbers";
import { axisTime } from "../../../text/times";
import type { LagSample } from "../lag";

interface Props {
  samples: LagSample[];
  height: number;
  /** What it shows, in a sentence. */
  label: string;
}

/** Less would give the same minute to several places of the axis. */
const least = 10 * 60_000;

/** Events behind the ledger's end, over time. */
export default function LagChart({ samples, height, label }: Props) {
  const last = samples.at(-1)?.at ?? 0;
  const from = Math.min(samples[0]?.at ?? 0, last - least);
  return (
    <div role="img" aria-label={label} style={{ height }}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 500, height }}>
        <AreaChart data={samples} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--sluice-line)" />
          <XAxis dataKey="at" type="number" domain={[from, last]} tickFormatter={(at: number) => axisTime(at, last - from)} tick={tick} tickLine={false} axisLine={{ stroke: "var(--sluice-line)" }} minTickGap={56} />
          <YAxis width={44} allowDecimals={false} domain={[0, (most: number) => Math.max(4, most)]} tickFormatter={compact} tick={tick} tickLine={false} axisLine={false} />
          <Area dataKey="events" type="stepAfter" stroke="var(--mantine-primary-color-filled)" fill="var(--mantine-primary-color-light)" isAnimationActive={false} dot={samples.length === 1} />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

const tick = { fontSize: 11, fill: "var(--mantine-color-dimmed)" };
