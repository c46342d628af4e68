import { ActionIcon } from "@mantine/core";
import { IconFilterPlus } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo, type ReactNode } from "react";
import type { AuditEvent } from "../../api/types";
import { DataTable } from "../../components/DataTable";
import { StatusBadge, StatusMark } from "../../components/StatusBadge";
import { Time } from "../../components/Time";
import classes from "./EventsPage.module.css";
import { resourceOf } from "./members";

/** Narrows to a value. */
export type Narrow = (path: string[], value: string, op?: "EQ" | "NE") => void;

interface Props {
  rows: AuditEvent[];
  height: string;
  hasTenants: boolean;
  isNarrow: boolean;
  narrow: Narrow;
  open: (event: AuditEvent) => void;
  openKey: string | undefined;
  onEnd: () => void;
  onTop: (isAtTop: boolean) => void;
  empty: ReactNode;
}

export const keyOf = ({ tenant_id, id }: { tenant_id: string; id: string }): string => `${tenant_id}/${id}`;

export function EventTable({ rows, height, hasTenants, isNarrow, narrow, open, openKey, onEnd, onTop, empty }: Props) {
  const columns = useMemo(() => columnsOf(narrow, hasTenants, isNarrow), [narrow, hasTenants, isNarrow]);
  return <DataTable label="Events" rows={rows} columns={columns} rowKey={keyOf} height={height} hasKeys onOpen={open} openKey={openKey} onEnd={onEnd} onTop={onTop} empty={empty} />;
}

function columnsOf(narrow: Narrow, hasTenants: boolean, isNarrow: boolean): ColumnDef<AuditEvent>[] {
  const value = (path: string[], text: string | undefined, shown: ReactNode = text) => text !== undefined && <Value path={path} value={text} narrow={narrow}>{shown}</Value>;
  const all: ColumnDef<AuditEvent>[] = [
    { id: "time", header: "Time", size: 112, cell: ({ row }) => <Time at={row.original.timestamp} /> },
    { id: "actor", header: "Who", size: 138, cell: ({ row: { original: { actor } } }) => value(["actor", "id"], actor.id, <span title={actor.id}>{actor.name ?? actor.id}</span>) },
    { id: "action", header: "Action", size: 190, cell: ({ row: { original } }) => value(["action"], original.action, <><span style={{ verticalAlign: "baseline" }} {...(isNarrow ? {} : { "data-only-narrow": true })}><StatusMark status={original.outcome} /> </span>{original.action}</>) },
    { id: "outcome", header: "Outcome", size: 128, meta: { narrow: true }, cell: ({ row }) => value(["outcome"], row.original.outcome, <StatusBadge status={row.original.outcome} />) },
    { id: "resource", header: "To what", size: 190, meta: { narrow: true }, cell: ({ row: { original } }) => value(["resource", "id"], original.resource?.id, resourceOf(original)) || resourceOf(original) },
    { id: "from", header: "From", size: 132, meta: { narrow: true }, cell: ({ row }) => value(["source_ip"], row.original.source_ip, <span className="mono">{row.original.source_ip}</span>) },
    ...(hasTenants ? [{ id: "tenant", header: "Tenant", size: 96, meta: { narrow: true }, cell: ({ row }) => value(["tenant_id"], row.original.tenant_id) } as ColumnDef<AuditEvent>] : []),
  ];
  return isNarrow ? all.filter(({ id }) => id !== "resource" && id !== "tenant" && id !== "outcome") : all;
}

/** A value with the button that narrows to it. */
function Value({ path, value, narrow, children }: { path: string[]; value: string; narrow: Narrow; children: ReactNode }) {
  return (
    <div className={classes.cell}>
      <span>{children}</span>
      <ActionIcon
        variant="subtle" size="xs" tabIndex={-1} aria-label={`Only ${path.join(".")} ${value}`} title="Show only these"
        onClick={(event) => {
          event.stopPropagation();
          narrow(path, value);
        }}
      >
        <IconFilterPlus size={13} />
      </ActionIcon>
    </div>
  );
}
