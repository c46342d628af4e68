import { expect, test } from "vitest";
import { byTime, pace } from "./lag";

const at = (seconds: number, delivered = 0) => ({ at: seconds * 1000, events: 0, seconds: 0, delivered });

test("samples of one moment are one", () => expect(byTime([at(0), at(2)], at(3)).map((one) => one.at)).toEqual([0, 3000]));
test("a later one is added", () => expect(byTime([at(0)], at(2))).toHaveLength(2));
test("pace is over the last half minute, and unknown at first", () => {
  expect(pace([at(0, 5)])).toBeNull();
  expect(pace([at(0, 0), at(50, 1000), at(60, 1100)])).toBe(10);
});
