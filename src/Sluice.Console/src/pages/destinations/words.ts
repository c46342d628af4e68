import type { Destination } from "../../api/types";
import { count, counted } from "../../text/numbers";
import { duration, millis } from "../../text/times";

export type ErrorClass = NonNullable<Destination["last_error"]>["class"];

/** What can be done about a destination, each of them a button. */
export type Step = "test" | "edit" | "credentials" | "resume" | "enable" | "gaps" | "dead-letters";

export interface Diagnosis {
  tone: "good" | "warn" | "bad" | "idle";
  title: string;
  /** What is wrong, in words. */
  wrong?: string;
  /** What Sluice does now. */
  now: string;
  steps: Step[];
}

const reasons: Record<ErrorClass, [what: string, advice: string, first: Step]> = {
  dns: ["The name in its address does not resolve.", "Check the address for a typing error, and this server’s DNS.", "edit"],
  connect: ["Nobody answers at its address.", "Check that the receiver runs, and that a firewall or proxy lets this server through to it.", "edit"],
  tls: ["Its certificate is not trusted, or no secure connection comes about.", "If it has a certificate authority of its own, put that into the CA certificate.", "edit"],
  auth: ["It does not accept the credentials.", "Check that they are valid and may write; if they expired, replace them.", "credentials"],
  not_found: ["What it is asked for is not there: a path, an index, a bucket, a log group.", "Check the address and the names against the provider’s side.", "edit"],
  throttled: ["It asks to be sent less.", "Nothing need be done: Sluice waits as long as it asks. If it stays so, raise the quota there.", "test"],
  server: ["It answers that it cannot take events now.", "Look at the receiver’s side. When it is well again, delivery goes on by itself.", "test"],
  timeout: ["It does not answer within 30 seconds.", "Look at the load of the receiver.", "test"],
  refused: ["It refuses every event.", "Its answer says why. Mostly the format is not what it expects: check the profile.", "edit"],
};

/** "It does not accept the credentials." */
export const reasonOf = (errorClass: ErrorClass | null | undefined): string => (errorClass ? reasons[errorClass]?.[0] : undefined) ?? "It could not be delivered to.";

export const adviceOf = (errorClass: ErrorClass | null | undefined): string => (errorClass ? reasons[errorClass]?.[1] : undefined) ?? "Send a test and read the answer.";

/** What is wrong with a destination, what Sluice does about it, and what somebody can do. */
export function diagnose(destination: Destination, now: number): Diagnosis {
  const { status, last_error: error, lag, gaps, dead_letters: dead } = destination;
  const since = duration(Math.max(0, (now - millis(destination.status_since)) / 1000));
  const waiting = counted(lag.events ?? 0, "event");
  const wrong = error ? `${reasonOf(error.class)} ${adviceOf(error.class)}` : undefined;
  const first = error ? reasons[error.class]?.[2] ?? "edit" : "edit";
  const extras: Step[] = [...(gaps ? ["gaps"] as const : []), ...(dead ? ["dead-letters"] as const : [])];
  switch (status) {
    case "degraded": return {
      tone: "warn", title: `Deliveries have been failing for ${since}`, ...(wrong ? { wrong } : {}),
      now: `Nothing is lost: ${waiting} ${lag.events === 1 ? "waits" : "wait"} in the ledger. Sluice tries again by itself, at the latest every five minutes, and sends the backlog first. A change of the settings is tried at once. After 24 hours it gives up.`,
      steps: [...new Set<Step>([first, "test", "edit", ...extras])],
    };
    case "failed": return {
      tone: "bad", title: `Given up ${since} ago`, ...(wrong ? { wrong } : {}),
      now: `Nothing is sent, and Sluice does not try again by itself. What arrives stays in the ledger, and the gap says where it stopped. Mend the cause, test, and resume from the gap: then nothing is missing.`,
      steps: [...new Set<Step>([first, "test", "resume", ...extras])],
    };
    case "disabled": return { tone: "idle", title: `Switched off for ${since}`, now: "Nothing is sent. Events that arrive meanwhile stay in the ledger; when it is enabled it goes on from then, and the gap can be refilled.", steps: ["enable", "edit", ...extras] };
    case "deleting": return { tone: "idle", title: "It is being deleted", now: `What was accepted before is still being sent, for at most 30 seconds: ${waiting} left.`, steps: [] };
    default: return healthy(destination, extras);
  }
}

function healthy({ lag, gaps, dead_letters: dead }: Destination, steps: Step[]): Diagnosis {
  const reach = lag.events ? `${counted(lag.events, "event")} behind, the oldest ${duration(lag.seconds ?? 0)} old.` : "It has every event that its filter lets through.";
  const left = [dead ? `It refused ${counted(dead, "event")}` : "", gaps ? `${counted(gaps, "gap")} ${gaps === 1 ? "was" : "were"} not sent` : ""].filter(Boolean).join(", and ");
  if (!left) return { tone: "good", title: "It works", now: reach, steps: ["test"] };
  return { tone: "warn", title: "It works, and something is missing there", wrong: `${left}.`, now: `The live stream goes on. ${reach}`, steps: [...steps, "test"] };
}

/** "up to date", "1,204 behind, 12 min". */
export function lagOf({ lag, status }: Pick<Destination, "lag" | "status">): string {
  if (status === "disabled") return "switched off";
  return lag.events ? `${count(lag.events)} behind, ${duration(lag.seconds ?? 0)}` : "up to date";
}

/** What came of a test, in a sentence. */
export const testInWords = (result: { ok: boolean; class: ErrorClass | null; http_status: number | null }): string =>
  result.ok ? `It took the event${result.http_status ? ` and answered ${result.http_status}` : ""}.` : `${result.http_status ? `It answered ${result.http_status}. ` : ""}${reasonOf(result.class)} ${adviceOf(result.class)}`;

const gapReasons = { disabled: "while it was disabled", exhausted: "after it was given up", retention: "removed by retention before it was sent" } as const;

export const gapInWords = (reason: keyof typeof gapReasons): string => gapReasons[reason];

const happened: Record<string, string> = {
  created: "was set up", updated: "was changed", enabled: "was enabled", disabled: "was disabled", deleted: "was deleted", resumed: "was told to go on", degraded: "deliveries began to fail", failed: "was given up", recovered: "takes events again",
};

/** "was enabled", of sluice.destination.enabled. */
export const happenedOf = (action: string): string => happened[action.replace("sluice.destination.", "")] ?? action;
