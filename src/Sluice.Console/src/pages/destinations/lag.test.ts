import { expect, test } from "vitest";
import { byTime, isFresh, pace, within } from "./lag";

const at = (seconds: number, delivered: number | null = 0, events = 0) => ({ at: seconds * 1000, events, seconds: 0, delivered });
const times = (samples: readonly { at: number }[]) => samples.map((one) => one.at / 1000);

test("samples of one moment are one", () => expect(times(byTime([at(0), at(2)], at(3)))).toEqual([0, 3]));
test("a later one is added", () => expect(byTime([at(0)], at(2))).toHaveLength(2));
test("what is longer ago is kept by the minute, for a day", () => {
  expect(times(byTime([at(0), at(2), at(61), at(119), at(900)], at(902)))).toEqual([0, 61, 900, 902]);
  expect(times(byTime([at(0), at(60), at(86_400)], at(86_460)))).toEqual([86_400, 86_460]);
});
test("after a while without looking the server is asked for what was meanwhile", () => {
  expect(isFresh(undefined, 0)).toBe(false);
  expect(isFresh([at(0)], 119_000)).toBe(true);
  expect(isFresh([at(0)], 121_000)).toBe(false);
});
test("a span begins with what was before it", () => {
  expect(within([at(0, 0, 7), at(50, 0, 3), at(100)], 60_000)).toEqual([at(40, 0, 7), at(50, 0, 3), at(100)]);
  expect(within([at(50), at(100)], 60_000)).toHaveLength(2);
});
test("pace is over the last half minute, and unknown at first", () => {
  expect(pace([at(0, 5)])).toBeNull();
  expect(pace([at(55, null), at(60, 5)])).toBeNull();
  expect(pace([at(0, 0), at(50, 1000), at(60, 1100)])).toBe(10);
});
