import { Anchor } from "@mantine/core";
import { Link, useLocation, useParams, useSearch } from "wouter";
import { Page } from "../../components/Page";
import { withTerm } from "../../filter/edit";
import { EventDetail } from "./detail/EventDetail";
import { writeView } from "./view";

/** One event at its own address. */
export default function EventPage() {
  const { id = "" } = useParams();
  const given = new URLSearchParams(useSearch());
  const isOwn = given.get("source") === "sluice";
  const [, navigate] = useLocation();
  return (
    <Page title="Event" tools={<Anchor component={Link} href={isOwn ? "/events?source=sluice" : "/events"} fz="sm">All events</Anchor>}>
      <EventDetail
        place={{ id: decodeURIComponent(id), tenant: given.get("tenant_id") ?? "", isOwn }}
        narrow={(path, value, op) => navigate(`/events${writeView({ filter: withTerm("", path, value, op), when: { kind: "any" }, isOwn, open: null })}`)}
      />
    </Page>
  );
}
