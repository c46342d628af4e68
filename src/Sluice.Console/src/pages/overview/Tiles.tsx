import { SimpleGrid, Skeleton, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useCheckpoints } from "../../api/queries";
import { useMay, useSession } from "../../app/session";
import { totals } from "../../components/outcomes";
import { Time } from "../../components/Time";
import type { Range } from "../../text/ranges";
import { count, counted, rate } from "../../text/numbers";
import { currentRate, rates, type Sample } from "./arrivals";
import { Sparkline } from "./Sparkline";
import { useOutcomes } from "./queries";
import classes from "./Tiles.module.css";

/** What one wants to know first. */
export function Tiles({ arrivals, range }: { arrivals: UseQueryResult<Sample[]>; range: Range }) {
  const mayRead = useMay("read_events");
  const scope = useSession().tenant_id === null ? "" : ", all tenants";
  const samples = arrivals.data ?? [];
  return (
    <SimpleGrid cols={{ base: 2, md: mayRead ? 4 : 2 }} spacing="md">
      <Tile name={`Arriving now${scope}`} value={samples.length > 1 ? `${rate(currentRate(samples))}/s` : undefined} note={<Sparkline values={rates(samples)} />} />
      {mayRead && <InRange range={range} />}
      <Tile name={`Ledger${scope}`} value={samples[0] && count(samples.at(-1)?.size ?? 0)} note="events, kept in order" />
      {mayRead && <LastCheckpoint />}
    </SimpleGrid>
  );
}

function InRange({ range }: { range: Range }) {
  const points = useOutcomes(range, true).data;
  const sum = points && totals(points);
  const all = sum && sum.success + sum.failure + sum.denied;
  return <Tile name={`In the ${range.words}`} value={all === undefined ? undefined : count(all)} note={sum && `${count(sum.denied)} denied, ${counted(sum.failure, "failure")}`} />;
}

function LastCheckpoint() {
  const checkpoints = useCheckpoints("main", { count: 1 }).data?.checkpoints;
  const last = checkpoints?.[0];
  if (checkpoints && !last) return <Tile name="Last checkpoint" value="none" note="the first event brings one" />;
  return <Tile name="Last checkpoint" value={last && <Link href="/integrity" className="plain"><Time at={last.signed_at} as="ago" /></Link>} note={last && `${counted(last.size, "event")} signed`} />;
}

function Tile({ name, value, note }: { name: string; value: ReactNode; note: ReactNode }) {
  return (
    <section className={`panel ${classes.tile}`} aria-label={name}>
      <Text fz="xs" c="dimmed" truncate>{name}</Text>
      {value === undefined ? <Skeleton h={28} w="60%" /> : <Text className={classes.value} component="div">{value}</Text>}
      <Text fz="xs" c="dimmed" component="div" className={classes.note}>{note}</Text>
    </section>
  );
}
