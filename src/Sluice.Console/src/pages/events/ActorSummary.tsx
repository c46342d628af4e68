import { Anchor, Text } from "@mantine/core";
import { requiredValue, withTerm } from "../../filter/edit";
import { count, counted } from "../../text/numbers";
import { useAddresses, usePeople } from "./queries";
import type { View } from "./view";

const mostShown = 6;

/** One person's events in a line: how many, and from where. */
export function ActorSummary({ view, now, setFilter }: { view: View; now: number; setFilter: (filter: string) => void }) {
  const [id, name] = [requiredValue(view.filter, "actor.id"), requiredValue(view.filter, "actor.name")];
  const query = useAddresses(view, now, id !== null || name !== null);
  const people = usePeople(view.isOwn, id !== null);
  if (id === null && name === null) return null;
  const who = name ?? people.data?.find((person) => person.id === id)?.name ?? id;
  const known = query.data?.addresses.filter(({ address }) => address !== null) ?? [];
  return (
    <Text fz="sm" component="p" m={0} mih={20} role="status" aria-label="Who, and from where">
      {query.data && <>
        <b>{who}</b>: {counted(query.data.total, "event")}{known.length > 0 && <> from {counted(known.length, "address", "addresses")}: </>}
        {known.slice(0, mostShown).map(({ address, count: events }, index) => (
          <span key={address}>{index > 0 && ", "}<Anchor component="button" fz="sm" className="mono" onClick={() => setFilter(withTerm(view.filter, ["source_ip"], address as string))}>{address}</Anchor> <Text span c="dimmed" fz="sm">({count(events)})</Text></span>
        ))}
        {known.length > mostShown && <> and {count(known.length - mostShown)} more</>}
      </>}
    </Text>
  );
}
