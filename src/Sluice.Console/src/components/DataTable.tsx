import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type Row } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Table } from "@mantine/core";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useShortcuts } from "../app/shortcuts";
import classes from "./DataTable.module.css";

interface Props<T> {
  /** For screen readers. */
  label: string;
  rows: readonly T[];
  columns: ColumnDef<T>[];
  rowKey: (row: T) => string;
  /** Of the part that scrolls; only rows in it are in the page, however many there are. */
  height: number | string;
  /** Enter or a click on a row. */
  onOpen?: (row: T) => void;
  /** The row that is open elsewhere on the page; j and k then open its neighbours. */
  openKey?: string | undefined;
  /** The last of the rows come into sight: there may be more to fetch. */
  onEnd?: () => void;
  /** Whether the first row is in sight, each time that changes. */
  onTop?: (isAtTop: boolean) => void;
  /** Whether j and k are this table's; one a page. */
  hasKeys?: boolean;
  /** In place of no rows. */
  empty?: ReactNode;
}

const rowHeight = 33;

/** More is fetched when so few rows remain below those in sight. */
const reach = 30;

/** A table of any length. A column's size is its share of the width; its header is a text, `meta.narrow` hides it on phones. */
export function DataTable<T>(props: Props<T>) {
  const { rows, columns, rowKey, height, onOpen, openKey, onEnd, onTop, hasKeys = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [pointed, setCurrent] = useState(-1);
  // eslint-disable-next-line react-hooks/incompatible-library -- neither the table nor the virtualiser leaves this component
  const table = useReactTable({ data: rows as T[], columns, getRowId: rowKey, getCoreRowModel: getCoreRowModel() });
  const all = table.getRowModel().rows;
  const virtual = useVirtualizer({ count: all.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const opened = useMemo(() => (openKey === undefined ? -1 : rows.findIndex((row) => rowKey(row) === openKey)), [rows, rowKey, openKey]);
  const current = opened >= 0 ? opened : pointed;
  useShortcuts(useMemo(() => {
    const go = (to: number) => {
      const index = Math.max(0, Math.min(rows.length - 1, to));
      setCurrent(index);
      virtual.scrollToIndex(index);
      const row = rows[index];
      if (opened >= 0 && row) onOpen?.(row);
    };
    const at = rows[current];
    return hasKeys ? { j: () => go(current + 1), k: () => go(current - 1), ...(at && onOpen ? { Enter: () => onOpen(at) } : {}) } : {} as Record<string, () => void>;
  }, [hasKeys, rows, current, opened, onOpen, virtual]));

  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => { if (last >= 0 && last >= rows.length - reach) onEnd?.(); }, [last, rows.length, onEnd]);
  const isAtTop = (virtual.scrollOffset ?? 0) < rowHeight;
  useEffect(() => onTop?.(isAtTop), [isAtTop, onTop]);
  const [above, below] = [shown[0]?.start ?? 0, virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)];
  return (
    <div ref={scroller} className={classes.scroller} style={{ height }} tabIndex={0} role="group" aria-label={props.label}>
      <Table className={classes.table} aria-rowcount={all.length} highlightOnHover={onOpen !== undefined}>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            {table.getFlatHeaders().map((header) => (
              <Table.Th key={header.id} style={{ width: `${(100 * header.getSize()) / table.getTotalSize()}%` }} data-narrow={isNarrow(header.column.columnDef)}>{flexRender(header.column.columnDef.header, header.getContext())}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <tr style={{ height: above }} />}
          {shown.map((item) => {
            const row = all[item.index];
            return row && <DataRow key={row.id} row={row} isCurrent={item.index === current || row.id === openKey} onOpen={onOpen} onPoint={() => setCurrent(item.index)} />;
          })}
          {below > 0 && <tr style={{ height: below }} />}
        </Table.Tbody>
      </Table>
      {all.length === 0 && props.empty}
    </div>
  );
}

function DataRow<T>({ row, isCurrent, onOpen, onPoint }: { row: Row<T>; isCurrent: boolean; onOpen: ((row: T) => void) | undefined; onPoint: () => void }) {
  function open() {
    onPoint();
    onOpen?.(row.original);
  }
  return (
    <Table.Tr onClick={onOpen && open} data-selected={isCurrent || undefined} aria-current={isCurrent || undefined} className={onOpen && classes.opens} style={{ height: rowHeight }}>
      {row.getVisibleCells().map((cell) => (
        <Table.Td key={cell.id} data-narrow={isNarrow(cell.column.columnDef)}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</Table.Td>
      ))}
    </Table.Tr>
  );
}

const isNarrow = <T,>(column: ColumnDef<T>): true | undefined => (column.meta as { narrow?: boolean } | undefined)?.narrow || undefined;
