import { ActionIcon, Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { address } from "../../api/client";
import type { AuditEvent } from "../../api/types";
import { useMay } from "../../app/session";
import { counted } from "../../text/numbers";
import { curl } from "./curl";
import { csv, download } from "./rowsFile";
import { apiFilter, bounds, type View } from "./view";

/** What is shown, to take along. */
export function TakeMenu({ view, now, rows }: { view: View; now: number; rows: AuditEvent[] }) {
  const mayExport = useMay("export_events");
  const clipboard = useClipboard({ timeout: 2_000 });
  const query = { filter: apiFilter(view.filter, bounds(view.when, now)) || undefined, source: view.isOwn ? "sluice" : undefined };
  const whole = (more: object = {}) => address("/v1/audit/export", { query: { ...query, ...more } });
  const loaded = counted(rows.length, "event");
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target><ActionIcon variant="default" size={30} aria-label="Export" title="Export"><IconDownload size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {mayExport && <>
          <Menu.Label>Everything that matches</Menu.Label>
          <Menu.Item component="a" href={whole()} download="events.ndjson">NDJSON, an event a line</Menu.Item>
          <Menu.Item component="a" href={whole({ proofs: true })} download="events-with-proofs.ndjson">NDJSON with proofs, for sluice verify</Menu.Item>
        </>}
        <Menu.Label>The {loaded} loaded here</Menu.Label>
        <Menu.Item onClick={() => download("events.csv", "text/csv", csv(rows))}>CSV, for spreadsheets</Menu.Item>
        <Menu.Item onClick={() => download("events.json", "application/json", JSON.stringify(rows, null, 2))}>JSON</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => clipboard.copy(curl(window.location.origin, "/v1/audit/events", query))}>Copy this query as cURL</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
