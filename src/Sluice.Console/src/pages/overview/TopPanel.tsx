import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { EmptyState } from "../../components/EmptyState";
import { Loaded, Panel } from "../../components/Panel";
import { count } from "../../text/numbers";
import type { Range } from "../../text/ranges";
import { useTop } from "./queries";
import classes from "./TopPanel.module.css";

const height = 245;

interface Props {
  title: string;
  field: "action" | "actor.id";
  range: Range;
}

/** The values that most events share; each leads to its events. */
export function TopPanel({ title, field, range }: Props) {
  return (
    <Panel title={title} tools={<Text fz="xs" c="dimmed">{range.words}</Text>}>
      <Loaded query={useTop(field, range, true)} height={height}>
        {(rows) => rows.length === 0
          ? <EmptyState title={`Nothing in the ${range.words}`} height={height} />
          : <ol className={classes.list} style={{ height }}>{rows.map((row) => <Bar key={row.name} {...row} field={field} most={rows[0]?.count ?? 1} />)}</ol>}
      </Loaded>
    </Panel>
  );
}

function Bar({ name, count: events, field, most }: { name: string; count: number; field: string; most: number }) {
  return (
    <li className={classes.row}>
      <span className={classes.bar} style={{ width: `${Math.max(1, (events / most) * 100)}%` }} aria-hidden />
      <Anchor component={Link} href={`/events?filter=${encodeURIComponent(`${field} EQ ${JSON.stringify(name)}`)}`} className={classes.name} fz="sm" title={name}>{name}</Anchor>
      <Text fz="sm" className={classes.count}>{count(events)}</Text>
    </li>
  );
}
