import { expect, test } from "vitest";
import { edge, fromField, toField } from "./moments";

test("a time goes through its field and comes back", () => expect(fromField(toField("2026-03-15T08:42:17.000Z"))).toBe("2026-03-15T08:42:17.000Z"));
test("no time is no time", () => expect([toField(""), toField("soon"), fromField("")]).toEqual(["", "", ""]));
test("the edge of a range is a sequence, a time, nothing, or wrong", () =>
  expect(["17", "2026-03-15T08:42:17Z", " ", "soon"].map(edge)).toEqual([17, "2026-03-15T08:42:17Z", null, undefined]));
