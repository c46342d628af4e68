import type { AuditEvent } from "../../../api/types";
import { fieldText } from "../../../filter/fields";
import { quote } from "../../../filter/tokens";
import { dayAround } from "../../../text/days";
import type { When } from "../view";

export interface Relation {
  label: string;
  filter: string;
  when: When;
}

/** What has to do with an event: whoever looks at one looks at these next. */
export function relationsOf({ actor, resource, request_id: request, session_id: session, source_ip: address, timestamp }: AuditEvent): Relation[] {
  const day: When = { kind: "span", ...dayAround(timestamp) };
  const found: (Relation | null)[] = [
    { label: `By ${actor.name ?? actor.id}, that day`, filter: is(["actor", "id"], actor.id), when: day },
    relation("In the same request", ["request_id"], request, { kind: "any" }),
    relation("In the same session", ["session_id"], session, day),
    relation(`To ${resource?.name ?? resource?.id ?? ""}, ever`, ["resource", "id"], resource?.id, { kind: "any" }),
    relation(`From ${address ?? ""}, that day`, ["source_ip"], address, day),
  ];
  return found.filter((one) => one !== null);
}

const relation = (label: string, path: string[], value: string | undefined, when: When): Relation | null => (value === undefined ? null : { label, filter: is(path, value), when });

const is = (path: string[], value: string): string => `${fieldText(path)} EQ ${quote(value)}`;
