import { useMemo } from "react";
import { useEventTypes } from "../../api/queries";
import type { Proposal, Slot } from "../../filter/completion";
import { counted } from "../../text/numbers";
import { useKnownValues } from "./queries";

/** Known values for what is being written: those that events have, and for actions those that the catalogue has. */
export function useKnown(slot: Slot | null, isOwn: boolean): Proposal[] {
  const field = slot && (slot.expects === "value" || slot.expects === "list") ? slot.field : null;
  const isCounted = field !== null && (field.isCountable || field.kind === "free" && !field.name.endsWith("."));
  const { data: values } = useKnownValues(isCounted ? field.name : null, isOwn);
  const { data: types } = useEventTypes();
  return useMemo(() => {
    const seen = (values ?? []).map(({ value, count }) => ({ text: value, hint: counted(count, "event") }));
    if (field?.name === "outcome") return ["success", "failure", "denied"].map((text) => seen.find((one) => one.text === text) ?? { text, hint: "" });
    if (field?.kind === "time") return times();
    if (field?.name !== "action") return seen;
    const more = (types?.event_types ?? []).filter(({ name }) => seen.every((one) => one.text !== name)).map(({ name, labels }) => ({ text: name, hint: labels.en }));
    return [...seen, ...more];
  }, [values, types, field?.name, field?.kind]);
}

/** Moments that one can start from. */
function times(): Proposal[] {
  const now = new Date();
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const weekAgo = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 7);
  return [[midnight, "today, 0:00"], [weekAgo, "a week ago, 0:00"], [now, "now"]].map(([at, hint]) => ({ text: (at as Date).toISOString(), hint: hint as string }));
}
