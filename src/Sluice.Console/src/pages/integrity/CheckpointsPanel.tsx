import { Checkbox, Text, VisuallyHidden } from "@mantine/core";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
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

/** The newest hundred, two of which are compared. */
export function CheckpointsPanel({ ledger, pair }: { ledger: LedgerName; pair: Pair }) {
  const columns = useMemo(() => columnsOf(pair), [pair]);
  return (
    <Panel title="Checkpoints" flush tools={<Text fz="xs" c="dimmed">choose two to compare</Text>}>
      <Loaded query={useCheckpoints(ledger)} height={height}>
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

const columnsOf = (pair: Pair): ColumnDef<Checkpoint>[] => [
  { id: "chosen", header: () => <VisuallyHidden>Compared</VisuallyHidden>, size: 36, cell: ({ row }) => <Checkbox size="xs" readOnly checked={pair.isChosen(row.original)} aria-label={`Compare the checkpoint of ${count(row.original.size)} events`} /> },
  { id: "size", header: "Events", size: 100, cell: ({ row }) => count(row.original.size) },
  { id: "signed", header: "Signed", size: 150, cell: ({ row }) => <Time at={row.original.signed_at} /> },
  { id: "root", header: "Root", size: 180, meta: { narrow: true }, cell: ({ row }) => <span className="mono">{hex(parseCheckpoint(row.original.checkpoint).root)}</span> },
];
