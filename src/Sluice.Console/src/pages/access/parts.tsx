import { Anchor, Badge as Label, Group } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockOff, IconHourglass } from "@tabler/icons-react";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { Link } from "wouter";
import { Badge } from "../../components/StatusBadge";
import { stateWords, type KeyState } from "./keyState";
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

/** Leads to another part of the page. */
export function To({ place, children, mono }: { place: Partial<View>; children: ReactNode; mono?: boolean }) {
  return <Anchor component={Link} href={placeOf(place)} fz="sm" truncate className={mono ? "mono" : undefined} onClick={(event: MouseEvent) => event.stopPropagation()}>{children}</Anchor>;
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
