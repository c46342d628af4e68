import { expect, test } from "vitest";
import type { CheckedLedger, SelfCheck } from "../../api/types";
import { extent, progress, where } from "./selfCheckWords";

const ledger = (more: Partial<CheckedLedger>): CheckedLedger => ({ ledger: "main", passed: true, first_sequence: 0, size: 10, signed_size: 10, checkpoints: 2, fault: null, ...more });
const check = (ended: string): SelfCheck => ({ started_at: "2026-03-15T08:00:00.000000000Z", ended_at: ended, passed: true, node: null, ledgers: [ledger({ first_sequence: 4 }), ledger({ ledger: "_sluice", size: 1, checkpoints: 1 })] });

test("how much was compared, and how long that took", () => {
  expect(extent(check("2026-03-15T08:00:00.200000000Z"))).toBe("7 events and 3 signed checkpoints, in less than a second");
  expect(extent(check("2026-03-15T08:01:30.000000000Z"))).toBe("7 events and 3 signed checkpoints, in 1 min");
});

test("a fault is at an event, in a range, or at none", () => {
  const at = (first: number | null, last: number | null) => where(ledger({ fault: { first_sequence: first, last_sequence: last, problem: "" } }));
  expect(at(4711, 4711)).toBe("at event 4,711");
  expect(at(0, 255)).toBe("somewhere from event 0 to 255");
  expect(at(null, null)).toBe("");
});

test("progress is known when the end is", () => {
  expect(progress(0, 0)).toBeNull();
  expect(progress(50, 200)).toBe(25);
  expect(progress(201, 200)).toBe(100);
});
