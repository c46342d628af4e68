import { expect, test } from "vitest";
import { toPoints, totals } from "./outcomes";

const minute = 60_000;
const at = (text: string) => Date.parse(text);
const groups = [
  { key: { outcome: "success" }, start: "2026-03-16T08:01:00.000000000Z", count: 5 },
  { key: { outcome: "denied" }, start: "2026-03-16T08:01:00.000000000Z", count: 2 },
  { key: { outcome: "success" }, start: "2026-03-16T08:03:00.000000000Z", count: 1 },
  { key: { outcome: "success" }, start: "2026-03-16T09:30:00.000000000Z", count: 9 },
];

test("every interval is there, those without events too, and what lies outside is not", () => {
  const points = toPoints(groups, at("2026-03-16T08:00:30Z"), at("2026-03-16T08:04:10Z"), minute);

  expect(points.map((point) => [new Date(point.at).toISOString().slice(11, 16), point.success, point.failure, point.denied])).toEqual([
    ["08:00", 0, 0, 0], ["08:01", 5, 0, 2], ["08:02", 0, 0, 0], ["08:03", 1, 0, 0], ["08:04", 0, 0, 0],
  ]);
  expect(totals(points)).toEqual({ success: 6, failure: 0, denied: 2 });
});

test("days begin at the midnight of whoever looks", () => {
  const day = 1440 * minute;
  const inKolkata = [{ key: { outcome: "success" }, start: "2026-03-15T18:30:00.000000000Z", count: 3 }];
  const points = toPoints(inKolkata, at("2026-03-16T08:00:00Z"), at("2026-03-17T08:00:00Z"), day, 330 * minute);

  expect(points.map((point) => [new Date(point.at).toISOString(), point.success])).toEqual([["2026-03-15T18:30:00.000Z", 3], ["2026-03-16T18:30:00.000Z", 0]]);
});
