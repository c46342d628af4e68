import { Checkbox, Group, NumberInput, Text, VisuallyHidden } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useCheckpoints } from "../../api/queries";
import type { Checkpoint, LedgerName } from "../../api/types";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Loaded, Panel } from "../../components/Panel";
import { Time } from "../../components/Time";
import { hex, parseCheckpoint } from "../../integrity/note";
import { count } from "../../text/numbers";
import type { Pair } from "./useChosenPair";

const height = 320;

/** A hundred of them, two of which are compared. */
export function CheckpointsPanel({ ledger, pair }: { ledger: LedgerName; pair: Pair }) {
  const columns = useMemo(() => columnsOf(pair), [pair]);
  const [maxSize, setMaxSize] = useState<number>();
  return (
    <Panel title="Checkpoints" flush tools={<UpTo onChange={setMaxSize} />}>
      <Loaded query={useCheckpoints(ledger, { maxSize })} height={height}>
        {({ checkpoints }) => (
          <DataTable
            label="Checkpoints" rows={checkpoints} columns={columns} rowKey={(one) => String(one.size)} height={height} onOpen={pair.choose} hasKeys
            empty={<EmptyState title="Nothing is signed yet" height={height - 40}>Send an event: its checkpoint follows within a second.</EmptyState>}
          />
        )}
      </Loaded>
    </Panel>
  );
}

/** Leads to those of long ago. */
function UpTo({ onChange }: { onChange: (size: number | undefined) => void }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text fz="xs" c="dimmed">choose two to compare</Text>
      <NumberInput
        size="xs" w={130} aria-label="Of at most so many events" placeholder="up to … events" min={0} allowDecimal={false} allowNegative={false} hideControls thousandSeparator="," data-filter
        onChange={(value) => onChange(value === "" ? undefined : Number(value))}
      />
    </Group>
  );
}

const columnsOf = (pair: Pair): ColumnDef<Checkpoint>[] => [
  { id: "chosen", header: () => <VisuallyHidden>Compared</VisuallyHidden>, size: 36, cell: ({ row }) => <Checkbox size="xs" readOnly checked={pair.isChosen(row.original)} aria-label={`Compare the checkpoint of ${count(row.original.size)} events`} /> },
  { id: "size", header: "Events", size: 100, cell: ({ row }) => count(row.original.size) },
  { id: "signed", header: "Signed", size: 150, cell: ({ row }) => <Time at={row.original.signed_at} /> },
  { id: "root", header: "Root", size: 180, meta: { narrow: true }, cell: ({ row }) => <span className="mono">{hex(parseCheckpoint(row.original.checkpoint).root)}</span> },
];
