import { expect, test } from "vitest";
import { barAt, intervalText, ofAllTime, perWords, spanOf, stepFor } from "./histogram";
import { apiFilter, bounds, permalink, readView, usual, writeView, type View } from "./view";

const plain: View = { filter: "", when: usual, isOwn: false, open: null };

test.each<View>([
  plain,
  { ...plain, filter: 'actor.id EQ "ada & co"', when: { kind: "last", id: "7d" }, open: { id: "evt_1", tenant: "acme" } },
  { ...plain, when: { kind: "span", from: 1_700_000_000_000, to: 1_700_000_600_000 }, isOwn: true },
  { ...plain, when: { kind: "any" } },
])("the address says what is shown", (view) => expect(readView(writeView(view))).toEqual(view));

test("what is usual makes no address long", () => expect(writeView(plain)).toBe(""));

test("an address that is nonsense shows what is usual", () => {
  expect(readView("?range=century&from=x&to=y")).toEqual(plain);
  expect(readView("?from=2026-03-17T00:00:00Z&to=2026-03-16T00:00:00Z").when).toEqual(usual);
});

test("a filter that says when is not cut off by the usual time", () => {
  expect(readView(`?filter=${encodeURIComponent('timestamp GE "2026-03-16T00:00:00Z"')}`).when).toEqual({ kind: "any" });
  expect(readView(`?filter=${encodeURIComponent('request_id EQ "r"')}&range=1h`).when).toEqual({ kind: "last", id: "1h" });
});

test("filter and time are asked for together", () => {
  const span = { from: Date.UTC(2026, 2, 17), to: Date.UTC(2026, 2, 18) };
  expect(apiFilter('a EQ "1" OR b EQ "2"', span)).toBe('(a EQ "1" OR b EQ "2") AND timestamp GE "2026-03-17T00:00:00.000Z" AND timestamp LT "2026-03-18T00:00:00.000Z"');
  expect(apiFilter(" ", { from: null, to: null })).toBe("");
  expect(bounds({ kind: "last", id: "1h" }, 3_600_001)).toEqual({ from: 1, to: null });
});

test("an event's own address names its tenant", () => {
  expect(permalink({ id: "a@b", tenant_id: "acme" }, false)).toBe("/events/a%40b?tenant_id=acme");
  expect(permalink({ id: "e", tenant_id: "_sluice" }, true)).toBe("/events/e?source=sluice");
});

test("bars are as wide as people can name, and at most eighty", () => {
  const [hour, day] = [3_600_000, 86_400_000];
  expect([hour, day, 7 * day, 30 * day].map((span) => intervalText(stepFor(span)))).toEqual(["1m", "30m", "3h", "12h"]);
  expect([60_000, 1_800_000, 14 * day].map(perWords)).toEqual(["per minute", "per 30 minutes", "per 14 days"]);
  expect(stepFor(1000 * 366 * day)).toBe(366 * day);
});

const points = [0, 1000, 2000, 3000].map((at) => ({ at, success: 0, failure: 0, denied: 0 }));

test("dragging covers whole bars, in either direction", () => {
  expect(spanOf(points, 1000, 1, 2)).toEqual({ from: 1000, to: 3000 });
  expect(spanOf(points, 1000, 2, 1)).toEqual({ from: 1000, to: 3000 });
  expect(spanOf([], 1000, 0, 0)).toBeNull();
  expect([-0.2, 0, 0.26, 1, 1.7].map((share) => barAt(share, 4))).toEqual([0, 0, 1, 3, 3]);
});

test("all time is in bars too", () => {
  const group = (start: string, outcome: string, count: number) => ({ key: { outcome }, start, count });
  const { points: bars, step } = ofAllTime([group("2026-01-01T00:00:00Z", "success", 2), group("2026-01-02T00:00:00Z", "denied", 1), group("2026-11-02T00:00:00Z", "success", 3)]);
  expect(bars.length).toBeLessThanOrEqual(81);
  expect(step).toBe(7 * 86_400_000);
  expect(bars.reduce((sum, bar) => sum + bar.success + bar.denied, 0)).toBe(6);
  expect(ofAllTime([]).points).toEqual([]);
});
