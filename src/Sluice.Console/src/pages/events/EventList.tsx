import { Skeleton, Text } from "@mantine/core";
import { useRef } from "react";
import { ProblemError } from "../../api/problem";
import type { AuditEvent } from "../../api/types";
import { useSession } from "../../app/session";
import { EmptyState } from "../../components/EmptyState";
import { ProblemAlert } from "../../components/ProblemAlert";
import { count, counted } from "../../text/numbers";
import { EventTable, keyOf, type Narrow } from "./EventTable";
import classes from "./EventsPage.module.css";
import { News } from "./LiveButton";
import { Nothing } from "./Nothing";
import type { EventData } from "./useEventData";
import type { View } from "./view";

interface Props {
  data: EventData;
  view: View;
  change: (change: Partial<View>) => void;
  narrow: Narrow;
  open: (event: AuditEvent) => void;
  onTop: (isAtTop: boolean) => void;
  isNarrow: boolean;
  /** Of the part that scrolls. */
  height: string;
}

/** The events, however many: those in sight are in the page, those near are fetched. */
export function EventList({ data: { pages, rows, live, isRight, refresh }, view, change, narrow, open, onTop, isNarrow, height }: Props) {
  const isInstance = useSession().tenant_id === null;
  const holder = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  function more() {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }
  function toTop() {
    live.show();
    holder.current?.querySelector("[role=group]")?.scrollTo({ top: 0 });
  }
  return (
    <div className={`panel ${classes.list}`} ref={holder}>
      <News live={live} onShow={toTop} className={classes.news} />
      {!isRight ? <div style={{ height }}><EmptyState title="The filter cannot be read" height={180}>What is wrong with it stands below it.</EmptyState></div>
        : pages.error && rows.length === 0 ? <div style={{ height, padding: 14 }}><Refused error={pages.error} retry={refresh} /></div>
        : pages.isPending ? <Skeleton h={height} aria-busy aria-label="Loading" />
        : <EventTable
            rows={rows} height={height} hasTenants={isInstance && !view.isOwn} isNarrow={isNarrow} narrow={narrow} open={open} openKey={view.open ? keyOf({ tenant_id: view.open.tenant, id: view.open.id }) : undefined}
            onEnd={more} onTop={onTop} empty={<Nothing view={view} change={change} />}
          />}
      <Text fz="xs" c="dimmed" px={14} py={6} role="status">{isRight && !pages.isPending && rows.length > 0 ? `${hasNextPage ? `The newest ${count(rows.length)} are loaded; scroll for more` : `All ${counted(rows.length, "event")}`}, in the order in which they arrived` : " "}</Text>
    </div>
  );
}

function Refused({ error, retry }: { error: Error; retry: () => void }) {
  const isOfFilter = error instanceof ProblemError && error.code === "invalid_filter";
  return isOfFilter ? <EmptyState title="The filter cannot be used" height={160}>{error.message} The place is marked below it.</EmptyState> : <ProblemAlert error={error} retry={retry} />;
}
