import { Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ProblemError } from "../../api/problem";
import { FilterInput } from "../../filter/FilterInput";
import { Requirements } from "../../filter/Requirements";
import { placeOf } from "../../filter/tokens";
import { ActorSearch } from "./ActorSearch";
import { TimePicker } from "./TimePicker";
import { useKnown } from "./useKnown";
import { apiFilter, bounds, type View } from "./view";

interface Props {
  view: View;
  change: (change: Partial<View>) => void;
  error: Error | null;
  now: number;
  /** Behind everything else. */
  tools?: ReactNode;
}

/** Who, what and when; and below, each requirement for itself. */
export function FilterBar({ view, change, error, now, tools }: Props) {
  const setFilter = (filter: string) => change({ filter });
  return (
    <Stack gap={8}>
      <Group gap={8} align="start">
        <ActorSearch view={view} setFilter={setFilter} />
        <FilterInput value={view.filter} onApply={setFilter} refusal={refusalOf(error, view, now)} useValues={useKnown} isOwn={view.isOwn} />
        <TimePicker value={view.when} onChange={(when) => change({ when })} />
        {tools}
      </Group>
      <Requirements filter={view.filter} onChange={setFilter} />
    </Stack>
  );
}

/** Where in the filter that its user wrote the server found something wrong. */
function refusalOf(error: Error | null, { filter, when }: View, now: number): { at: number; message: string } | null {
  if (!(error instanceof ProblemError) || error.code !== "invalid_filter" || error.column === undefined) return null;
  const before = apiFilter(filter, bounds(when, now)).indexOf(filter);
  return { at: placeOf(filter, Math.max(1, error.column - before)), message: error.message };
}
