import { Group, Text } from "@mantine/core";
import { count } from "../text/numbers";
import { local, toApi, utc } from "../text/times";
import { outcomes, type OutcomePoint } from "./outcomes";
import { StatusBadge } from "./StatusBadge";

interface Props {
  active?: boolean;
  payload?: readonly { payload?: OutcomePoint }[];
}

/** What is under the pointer. */
export function ChartTip({ active, payload }: Props) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const at = toApi(point.at);
  return (
    <div className="panel" style={{ padding: "8px 12px" }}>
      <Text fz="xs" c="dimmed">from {local(at)}</Text>
      <Text fz="xs" c="dimmed" mb={4}>{utc(at)}</Text>
      {outcomes.map(({ name }) => (
        <Group key={name} justify="space-between" gap="lg"><StatusBadge status={name} /><Text fz="sm">{count(point[name])}</Text></Group>
      ))}
    </div>
  );
}
