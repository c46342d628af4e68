import { Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCircleCheck, IconCircleX, IconHourglass, IconPlayerPause, type Icon } from "@tabler/icons-react";
import type { DestinationStatus, Outcome } from "../api/types";

type Tone = "good" | "warn" | "bad" | "idle";

const looks: Record<DestinationStatus | Outcome, [Tone, Icon]> = {
  active: ["good", IconCircleCheck],
  degraded: ["warn", IconAlertTriangle],
  failed: ["bad", IconCircleX],
  disabled: ["idle", IconPlayerPause],
  deleting: ["idle", IconHourglass],
  success: ["good", IconCircleCheck],
  failure: ["warn", IconAlertTriangle],
  denied: ["bad", IconBan],
};

/** A destination's status or an event's outcome: colour, icon and word. */
export function StatusBadge({ status, label = status }: { status: DestinationStatus | Outcome; label?: string }) {
  const [tone, Icon] = looks[status];
  return <Badge tone={tone} icon={Icon} label={label} />;
}

/** The same where there is no room for the word, which screen readers and pointers get all the same. */
export function StatusMark({ status }: { status: DestinationStatus | Outcome }) {
  const [tone, Icon] = looks[status];
  return <Icon size={15} stroke={2} role="img" aria-label={status} className={tone} style={{ verticalAlign: "-3px" }}><title>{status}</title></Icon>;
}

/** The same for anything else that is good or bad. */
export function Badge({ tone, icon: Icon, label }: { tone: Tone; icon: Icon; label: string }) {
  return (
    <Group gap={5} wrap="nowrap" component="span" display="inline-flex" className={tone} style={{ verticalAlign: "middle" }}>
      <Icon size={15} stroke={2} aria-hidden style={{ flexShrink: 0 }} />
      <Text span fz="sm" fw={500} c="inherit">{label}</Text>
    </Group>
  );
}
