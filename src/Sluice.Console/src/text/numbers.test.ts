import { expect, test } from "vitest";
import { bytes, compact, counted, rate } from "./numbers";

test("numbers are written as people read them", () => {
  expect(counted(1, "event")).toBe("1 event");
  expect(counted(1203441, "event")).toBe("1,203,441 events");
  expect(compact(1203441)).toBe("1.2M");
  expect(bytes(999)).toBe("999 B");
  expect(bytes(3_240_000)).toBe("3.2 MB");
});

test("a rate has the digits that mean something", () => {
  expect([0, 0.033, 4.56, 5123].map(rate)).toEqual(["0", "0.03", "4.6", "5,123"]);
});
