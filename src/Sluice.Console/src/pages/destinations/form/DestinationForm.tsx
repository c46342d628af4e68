import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { FormEvent } from "react";
import { ProblemError } from "../../../api/problem";
import type { Destination } from "../../../api/types";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { missing } from "../definition";
import { labelOf } from "../fields";
import { CertificatesPanel } from "./CertificatesPanel";
import classes from "./DestinationForm.module.css";
import { EventsPanel } from "./EventsPanel";
import { HowPanel } from "./HowPanel";
import { KindPanel } from "./KindPanel";
import type { DraftState } from "./useDraft";
import { useTest } from "./useTest";
import { WherePanel } from "./WherePanel";

interface Props {
  state: DraftState;
  stored?: Destination;
  wantsCredentials?: boolean;
  /** What a test is sent to. */
  tested: Record<string, unknown>;
  /** @param force although nothing of the last week would pass its filter */
  onSave: (force: boolean) => void;
  onCancel: () => void;
  isSaving: boolean;
  error: Error | null;
  /** There is something to save. */
  isChanged: boolean;
}

/** All that can be set about a destination, in four parts. */
export function DestinationForm({ state, stored, wantsCredentials, tested, onSave, onCancel, isSaving, error, isChanged }: Props) {
  const left = missing(state.draft, stored?.credentials_set);
  const refused = (name: string) => (error instanceof ProblemError && isOf(error.field, name) ? error.message : undefined);
  const sections = { state, stored, refused, wantsCredentials: wantsCredentials ?? false };
  const test = useTest(tested);
  const matchesNothing = error instanceof ProblemError && error.code === "matches_nothing";
  function submit(event: FormEvent) {
    event.preventDefault();
    onSave(false);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Stack gap="md"><WherePanel {...sections} /><KindPanel provider={state.draft.provider} /><CertificatesPanel {...sections} /></Stack>
          <Stack gap="md"><EventsPanel {...sections} /><HowPanel {...sections} /></Stack>
        </SimpleGrid>
        <Stack gap="xs" className={classes.bar}>
          {test.outcome}
          {error && <ProblemAlert error={error} title="It is not saved" />}
          <Group gap="sm">
            <Button type="submit" size="sm" loading={isSaving} disabled={left.length > 0 || !isChanged}>Save</Button>
            {matchesNothing && <Button size="sm" variant="default" onClick={() => onSave(true)} loading={isSaving}>Save it all the same</Button>}
            <Button size="sm" variant="default" onClick={test.send} loading={test.isPending} disabled={left.length > 0}>Send a test</Button>
            <Button size="sm" variant="default" onClick={onCancel}>Cancel</Button>
            <Text fz="xs" c="dimmed" role="status">{left.length > 0 ? `Still needed: ${left.map(labelOf).join(", ")}` : isChanged ? "" : "Nothing is changed yet"}</Text>
          </Group>
        </Stack>
      </Stack>
    </form>
  );
}

/** "headers[0].name" is of headers. */
const isOf = (field: string | undefined, name: string): boolean => field === name || (field?.startsWith(`${name}[`) ?? false) || (field?.startsWith(`${name}.`) ?? false);
