import { expect, test } from "vitest";
import { currentRate, rates } from "./arrivals";

const samples = [0, 0, 10, 30, 30, 30, 60].map((size, i) => ({ at: 1_000_000 + i * 2_000, size }));

test("a rate between two samples is events a second", () => expect(rates(samples)).toEqual([0, 5, 10, 0, 0, 15]));

test("the current rate looks back ten seconds", () => expect(currentRate(samples)).toBe(6));

test("one sample says nothing yet", () => {
  expect(currentRate([])).toBe(0);
  expect(currentRate(samples.slice(0, 1))).toBe(0);
  expect(rates(samples.slice(0, 1))).toEqual([]);
});
