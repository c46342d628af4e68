import { Button, Group } from "@mantine/core";
import { IconBroadcast, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { counted } from "../../text/numbers";
import type { Live } from "./useLive";

/** Follows the ledger; can be held without losing what comes. */
export function LiveButton({ live, isPast }: { live: Live; isPast: boolean }) {
  const { isOn, isPaused, isConnected, waiting, toggle, pause } = live;
  const title = isPast ? "The time that is shown has an end: choose one that reaches until now" : "Show events as they are written (l)";
  return (
    <Group gap={4} wrap="nowrap">
      {isOn && (
        <Button variant="subtle" size="compact-sm" leftSection={isPaused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />} onClick={() => pause(!isPaused)}>
          {isPaused ? `Go on${waiting > 0 ? `, ${counted(waiting, "event")} waiting` : ""}` : "Pause"}
        </Button>
      )}
      <Button variant={isOn ? "filled" : "default"} h={30} leftSection={<IconBroadcast size={15} aria-hidden />} aria-pressed={isOn} disabled={isPast} title={title} onClick={toggle}>
        {isOn && !isConnected ? "Connecting" : "Live"}
      </Button>
    </Group>
  );
}

/** New events wait above the ones that are read. */
export function News({ live, onShow, className }: { live: Live; onShow: () => void; className: string | undefined }) {
  if (!live.isOn || live.isPaused || live.waiting === 0) return null;
  return <Button className={className} size="compact-sm" onClick={onShow}>{counted(live.waiting, "new event")}: show</Button>;
}
