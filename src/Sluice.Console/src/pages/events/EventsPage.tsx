import { Group, SegmentedControl, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { useShortcuts } from "../../app/shortcuts";
import { Page } from "../../components/Page";
import { ActorSummary } from "./ActorSummary";
import { EventDetail } from "./detail/EventDetail";
import { EventList } from "./EventList";
import classes from "./EventsPage.module.css";
import { FilterBar } from "./FilterBar";
import { HistogramPanel } from "./HistogramPanel";
import { LiveButton } from "./LiveButton";
import { TakeMenu } from "./TakeMenu";
import { useEventActions } from "./useEventActions";
import { useEventData } from "./useEventData";
import { useView } from "./useView";
import type { View } from "./view";

const listHeight = "max(320px, calc(100dvh - 388px))";

export default function EventsPage() {
  const [view, change] = useView();
  const isPhone = useMediaQuery("(max-width: 62em)", window.innerWidth < 992) ?? false;
  const [isAtTop, setAtTop] = useState(true);
  const data = useEventData(view, !isAtTop);
  const { rows, now, live, pages, histogram } = data;
  const { narrow, close, open } = useEventActions(view, change);
  useShortcuts(useMemo(() => ({ l: live.toggle, ...(view.open ? { Escape: close } : {}) }) as Record<string, () => void>, [live.toggle, view.open, close]));

  const known = view.open ? rows.find((event) => event.id === view.open?.id && event.tenant_id === view.open.tenant) : undefined;
  const detail = view.open && <EventDetail place={{ ...view.open, isOwn: view.isOwn }} known={known} narrow={narrow} onClose={close} className={isPhone ? undefined : `${classes.pane} ${classes.scroll}`} height={isPhone ? undefined : `calc(${listHeight} + 33px)`} />;
  if (isPhone && detail) return <Page title="Event">{detail}</Page>;
  return (
    <Page title="Events" tools={<Group gap={6}><LedgerChoice view={view} change={change} /><LiveButton live={live} isPast={view.when.kind === "span"} /><TakeMenu view={view} now={now} rows={rows} /></Group>}>
      <Stack gap={10}>
        <FilterBar view={view} change={change} error={pages.error} now={now} />
        <ActorSummary view={view} now={now} setFilter={(filter) => change({ filter })} />
        {data.isRight && <HistogramPanel query={histogram} view={view} change={change} />}
        <div className={classes.split}>
          <EventList data={data} view={view} change={change} narrow={narrow} open={open} onTop={setAtTop} isNarrow={detail !== null} height={listHeight} />
          {detail}
        </div>
      </Stack>
    </Page>
  );
}

function LedgerChoice({ view, change }: { view: View; change: (change: Partial<View>) => void }) {
  return (
    <SegmentedControl
      size="xs" aria-label="Whose events" value={view.isOwn ? "own" : "sent"} onChange={(value) => change({ isOwn: value === "own", open: null })}
      data={[{ value: "sent", label: "Events" }, { value: "own", label: "Sluice’s own" }]}
    />
  );
}
