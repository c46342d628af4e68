import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Destination } from "../../../api/types";
import { useSession } from "../../../app/session";
import { CopyButton } from "../../../components/CopyButton";
import { Facts } from "../../../components/Facts";
import { Panel } from "../../../components/Panel";
import { Time } from "../../../components/Time";
import { bytes, count } from "../../../text/numbers";
import { fieldsOf, isProvider, labelOf } from "../fields";
import { nameOf } from "../kinds";

type Stored = Readonly<Record<string, unknown>>;

/** Members that are shown in a way of their own. */
const special = new Set(["name", "tenant_id", "enabled", "headers", "verification_token"]);

/** How it is set up. Credentials are set or not; nothing shows them. */
export function FactsPanel({ of }: { of: Destination }) {
  const stored = of as unknown as Stored;
  const fields = isProvider(of.provider) ? fieldsOf(of.provider) : [];
  const shown = fields.filter(({ name, kind }) => kind !== "secret" && !special.has(name) && isGiven(stored[name]));
  const secrets = fields.filter(({ kind }) => kind === "secret");
  return (
    <Panel title="Settings">
      <Facts of={[
        ["Provider", nameOf(of.provider)],
        ["Id", <><span className="mono">{of.id}</span> <CopyButton value={of.id} label="Copy the id" /></>],
        ["Tenant", of.tenant_id ?? "all tenants"],
        ...secrets.map(({ name }): [string, ReactNode] => [labelOf(name), of.credentials_set?.includes(name) ? "set, never shown" : "not set"]),
        ...token(of, useSession().role),
        ...shown.map(({ name }): [string, ReactNode] => [labelOf(name), write(stored[name])]),
        ...headers(stored),
        ["Delivered", `${count(of.totals?.delivered ?? 0)} events, ${bytes(of.totals?.bytes ?? 0)}; ${count(of.totals?.refused ?? 0)} refused, ${count(of.totals?.retries ?? 0)} retries`],
        ["Confirmed up to", of.cursor < 0 ? "nothing yet" : `sequence ${count(of.cursor)}`],
        ["Set up", <Time at={of.created_at} as="full" />],
        ["Last changed", <Time at={of.updated_at} as="full" />],
      ]} />
    </Panel>
  );
}

function token(of: Destination, role: string): [string, ReactNode][] {
  if (of.provider !== "http" || !("verification_token" in of)) return [];
  const value = of.verification_token;
  if (!value || role !== "admin") return [["Verification token", "set; admins see it"]];
  return [["Verification token", <Group gap={4} wrap="nowrap"><span className="mono">{value}</span><CopyButton value={value} label="Copy the verification token" /><Text fz="xs" c="dimmed">it never changes</Text></Group>]];
}

function headers(stored: Stored): [string, ReactNode][] {
  const rows = (stored.headers ?? []) as { name: string; value: string | null; active: boolean }[];
  return rows.length === 0 ? [] : [["Headers", rows.map(({ name, value, active }) => <div key={name}><span className="mono">{name}: {value ?? "set, never shown"}</span>{active ? "" : " (not sent)"}</div>)]];
}

const isGiven = (value: unknown): boolean => value != null && value !== "" && !(Array.isArray(value) && value.length === 0);

function write(value: unknown): ReactNode {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return count(value);
  return <span className="mono">{Array.isArray(value) ? value.join(", ") : String(value)}</span>;
}
