import type { Answer } from "./client";
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Permission = Session["permissions"] extends (infer P)[] | undefined ? P : never;
export type AuditEvent = Schemas["Event"];
export type Outcome = AuditEvent["outcome"];
export type Destination = Answer<"/v1/audit/siem", "get"> extends { destinations?: (infer D)[] } ? D : never;
export type DestinationStatus = "active" | "degraded" | "failed" | "disabled" | "deleting";
export type Attempt = Schemas["Attempt"];
export type DeadLetter = Schemas["DeadLetter"];
export type Gap = Schemas["Gap"];
export type Replay = Schemas["Replay"];
export type TestResult = Schemas["TestResult"];
export type Node = Schemas["Node"];
export type Stats = Schemas["Stats"];
export type Checkpoint = Schemas["Checkpoints"]["checkpoints"][number];
export type SelfChecks = Schemas["SelfChecks"];
export type SelfCheck = NonNullable<SelfChecks["last"]>;
export type CheckedLedger = Schemas["SelfCheckedLedger"];
export type LedgerName = "main" | "_sluice";
export type Proof = Schemas["Proof"];
export type EventType = Schemas["EventTypes"]["event_types"][number];
