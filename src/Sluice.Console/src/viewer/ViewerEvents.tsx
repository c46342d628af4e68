import { ActionIcon, Box, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconRefresh } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { focusFilter, useShortcuts } from "../app/shortcuts";
import { EventDetail } from "../pages/events/detail/EventDetail";
import { EventList } from "../pages/events/EventList";
import classes from "../pages/events/EventsPage.module.css";
import { FilterBar } from "../pages/events/FilterBar";
import { HistogramPanel } from "../pages/events/HistogramPanel";
import { useEventActions } from "../pages/events/useEventActions";
import { useEventData } from "../pages/events/useEventData";
import type { View } from "../pages/events/view";

const listHeight = "max(260px, calc(100dvh - 282px))";
const pace = 60_000;

/** The events, without the console around them. */
export function ViewerEvents({ view, change }: { view: View; change: (change: Partial<View>) => void }) {
  const isNarrow = useMediaQuery("(max-width: 62em)", window.innerWidth < 992) ?? false;
  const [isAtTop, setAtTop] = useState(true);
  const data = useEventData(view, !isAtTop);
  const { rows, now, pages, histogram, refresh } = data;
  const { narrow, close, open } = useEventActions(view, change);
  useShortcuts(useMemo(() => ({ "/": focusFilter, ...(view.open ? { Escape: close } : {}) }) as Record<string, () => void>, [view.open, close]));
  usePace(isAtTop && !view.open && view.when.kind !== "span", refresh);

  const known = view.open ? rows.find((event) => event.id === view.open?.id) : undefined;
  const detail = view.open && <EventDetail place={{ ...view.open, isOwn: false }} known={known} narrow={narrow} onClose={close} className={isNarrow ? undefined : `${classes.pane} ${classes.scroll}`} height={isNarrow ? undefined : `calc(${listHeight} + 33px)`} />;
  return (
    <Box component="main" p={10}>
      <VisuallyHidden component="h1">Audit log</VisuallyHidden>
      {isNarrow && detail ? detail : (
        <Stack gap={10}>
          <FilterBar view={view} change={change} error={pages.error} now={now} tools={<ActionIcon variant="default" size={36} onClick={refresh} aria-label="Look for new events" title="Look for new events"><IconRefresh size={16} /></ActionIcon>} />
          {data.isRight && <HistogramPanel query={histogram} view={view} change={change} />}
          <div className={classes.split}>
            <EventList data={data} view={view} change={change} narrow={narrow} open={open} onTop={setAtTop} isNarrow={detail !== null} height={listHeight} />
            {detail}
          </div>
          <Text fz="xs" c="dimmed">Times are those of your zone, {Intl.DateTimeFormat().resolvedOptions().timeZone}; point at one for UTC.</Text>
        </Stack>
      )}
    </Box>
  );
}

/** Whoever looks at the newest events sees them come. */
function usePace(isOn: boolean, refresh: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => { if (!document.hidden) refresh(); }, pace);
    return () => clearInterval(timer);
  }, [isOn, refresh]);
}
