import { Anchor, Badge as Label, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockOff, IconHourglass } from "@tabler/icons-react";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { Link } from "wouter";
import { Badge } from "../../components/StatusBadge";
import { stateWords, type KeyState } from "./keyState";
import { useAccess } from "./access";
import classes from "./parts.module.css";
import { placeOf } from "./useView";
import type { View } from "./view";

const looks: Record<KeyState, Pick<ComponentProps<typeof Badge>, "tone" | "icon">> = {
  active: { tone: "good", icon: IconCircleCheck },
  ending: { tone: "warn", icon: IconAlertTriangle },
  replaced: { tone: "warn", icon: IconHourglass },
  expired: { tone: "idle", icon: IconClockOff },
  refused: { tone: "bad", icon: IconBan },
};

export const StateBadge = ({ state }: { state: KeyState }) => <Badge {...looks[state]} label={stateWords[state]} />;

/** Something to beware of. */
export function Caution({ title, children, isBad }: { title: string; children: ReactNode; isBad?: boolean }) {
  return (
    <div className={classes.caution} data-bad={isBad} role={isBad ? "alert" : undefined}>
      <Group gap={6} mb={4} wrap="nowrap" className={isBad ? "bad" : "warn"}><IconAlertTriangle size={17} aria-hidden style={{ flexShrink: 0 }} /><Text fz="sm" fw={600} c="inherit">{title}</Text></Group>
      <Text fz="sm" component="div">{children}</Text>
    </div>
  );
}

/** Leads to another tab, or to something of this one, which then stays as it is. */
export function To({ place, children }: { place: Partial<View>; children: ReactNode }) {
  const { view } = useAccess();
  return <Anchor component={Link} href={placeOf(place.tab ? place : { ...view, ...place })} fz="sm" truncate onClick={(event: MouseEvent) => event.stopPropagation()}>{children}</Anchor>;
}

export const TestLabel = () => <Label size="xs" variant="default" tt="none" fw={500} style={{ flexShrink: 0 }}>test</Label>;

/** For whom something is good. */
export const For = ({ tenant }: { tenant: string | null }) => tenant ?? <span className="idle">the instance</span>;

/** From where it may be used: the first network, and how many more. */
export function From({ networks }: { networks: readonly string[] }) {
  if (networks.length === 0) return <span className="idle">everywhere</span>;
  return <span title={networks.join(", ")}><span className="mono">{networks[0]}</span>{networks.length > 1 && ` +${networks.length - 1}`}</span>;
}

export function Networks({ of }: { of: readonly string[] }) {
  return of.length === 0 ? "everywhere" : <Group gap={4} component="span">{of.map((one) => <span key={one} className="mono code" style={{ padding: "1px 6px" }}>{one}</span>)}</Group>;
}
