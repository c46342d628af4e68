import { ActionIcon, Stack, Title } from "@mantine/core";
import { IconFilterMinus, IconFilterPlus } from "@tabler/icons-react";
import type { AuditEvent } from "../../../api/types";
import { CopyButton } from "../../../components/CopyButton";
import { Time } from "../../../components/Time";
import type { Narrow } from "../EventTable";
import { memberWords, sectionsOf, type Member } from "../members";
import classes from "./EventDetail.module.css";

/** All that an event says; each value narrows the list with a click. */
export function MembersTab({ event, narrow }: { event: AuditEvent; narrow: Narrow }) {
  return (
    <Stack gap="md">
      {sectionsOf(event).map(({ title, members }) => (
        <section key={title} aria-label={title}>
          <Title order={3} c="dimmed" fw={500} mb={4}>{title}</Title>
          <dl className={classes.members}>{members.map((member, index) => <Line key={index} member={member} narrow={narrow} />)}</dl>
        </section>
      ))}
    </Stack>
  );
}

function Line({ member: { path, value, isTime }, narrow }: { member: Member; narrow: Narrow }) {
  const name = path.join(".");
  const isLong = value.length > 300;
  return (
    <div className={classes.member}>
      <dt title={name}>{memberWords(path)}</dt>
      <dd>
        <span className={classes.value}>{isTime ? <Time at={value} as="full" /> : value}</span>
        {!isLong && (
          <span className={classes.tools}>
            <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" aria-label={`Only ${name} ${value}`} title="Show only these" onClick={() => narrow(path, value)}><IconFilterPlus size={14} /></ActionIcon>
            <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" aria-label={`Not ${name} ${value}`} title="Leave these out" onClick={() => narrow(path, value, "NE")}><IconFilterMinus size={14} /></ActionIcon>
            <CopyButton value={value} label={`Copy ${name}`} />
          </span>
        )}
      </dd>
    </div>
  );
}
