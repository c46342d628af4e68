import { expect, test } from "vitest";
import type { Destination } from "../../api/types";
import { diagnose, happenedOf, lagOf, testInWords } from "./words";

const at = Date.parse("2026-03-15T10:00:00Z");
const one = (members: object) => ({ status: "active", status_since: "2026-03-15T08:00:00.000000000Z", last_error: null, lag: { events: 0, seconds: 0, oldest_pending_at: null }, gaps: 0, dead_letters: 0, ...members }) as unknown as Destination;
const error = (errorClass: string) => ({ class: errorClass, message: "It answered 403.", at: "2026-03-15T08:00:00Z" });

test("a destination that is up to date works, and offers a test", () =>
  expect(diagnose(one({}), at)).toEqual({ tone: "good", title: "It works", now: "It has every event that its filter lets through.", steps: ["test"] }));

test("bad credentials lead to the credentials, and nothing is lost meanwhile", () => {
  const found = diagnose(one({ status: "degraded", last_error: error("auth"), lag: { events: 1204, seconds: 60 } }), at);
  expect(found.title).toBe("Deliveries have been failing for 2 h");
  expect(found.wrong).toContain("does not accept the credentials");
  expect(found.now).toContain("Nothing is lost: 1,204 events wait");
  expect(found.steps).toEqual(["credentials", "test", "edit"]);
});

test("one that was given up says that nothing goes on by itself, and offers to resume and to refill", () => {
  const found = diagnose(one({ status: "failed", last_error: error("connect"), gaps: 1 }), at);
  expect(found.tone).toBe("bad");
  expect(found.now).toContain("does not try again by itself");
  expect(found.steps).toEqual(["edit", "test", "resume", "gaps"]);
});

test("one that works and refused events says so", () => {
  const found = diagnose(one({ dead_letters: 2, gaps: 1 }), at);
  expect(found.wrong).toBe("It refused 2 events, and 1 gap was not sent.");
  expect(found.steps).toEqual(["gaps", "dead-letters", "test"]);
});

test("a disabled one offers to be enabled", () => expect(diagnose(one({ status: "disabled" }), at).steps[0]).toBe("enable"));

test("lag in words", () => {
  expect(lagOf(one({}))).toBe("up to date");
  expect(lagOf(one({ status: "disabled" }))).toBe("switched off");
  expect(lagOf(one({ lag: { events: 1204, seconds: 720 } }))).toBe("1,204 behind, 12 min");
});

test("a test's answer in words", () => {
  expect(testInWords({ ok: true, class: null, http_status: 204 })).toBe("It took the event and answered 204.");
  expect(testInWords({ ok: false, class: "auth", http_status: 403 })).toContain("It answered 403. It does not accept the credentials.");
});

test("what happened, in words", () => {
  expect(happenedOf("sluice.destination.degraded")).toBe("deliveries began to fail");
  expect(happenedOf("sluice.destination.sung")).toBe("sluice.destination.sung");
});
