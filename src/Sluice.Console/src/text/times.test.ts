import { expect, test } from "vitest";
import { ago, brief, duration, local, millis, offsetText, utc } from "./times";

const at = "2026-03-16T08:01:12.004000000Z";
const berlin = { timeZone: "Europe/Berlin" };

test("a time is shown in the viewer's zone", () => expect(local(at, berlin)).toBe("16 Mar 2026, 09:01:12"));

test("utc keeps the precision that the api gave", () => {
  expect(utc(at)).toBe("2026-03-16 08:01:12.004 UTC");
  expect(utc("2026-03-16T08:01:12.004000700Z")).toBe("2026-03-16 08:01:12.004000700 UTC");
  expect(utc("2026-03-16T08:01:12.000000000Z")).toBe("2026-03-16 08:01:12 UTC");
});

test("nine fraction digits are no hindrance", () => expect(millis("2026-03-16T08:01:12.004999999Z")).toBe(Date.UTC(2026, 2, 16, 8, 1, 12, 4)));

test("a brief time leaves out what today and this year say", () => {
  expect(brief(at, millis("2026-03-16T20:00:00Z"), berlin)).toBe("09:01:12");
  expect(brief(at, millis("2026-05-01T20:00:00Z"), berlin)).toBe("16 Mar, 09:01:12");
  expect(brief(at, millis("2027-05-01T20:00:00Z"), berlin)).toBe("16 Mar 2026, 09:01:12");
});

test("today is the viewer's day, not UTC's", () => expect(brief("2026-03-16T23:30:00Z", millis("2026-03-17T08:00:00Z"), berlin)).toBe("00:30:00"));

test("how long ago, in words", () => {
  const now = millis(at);
  expect(ago(at, now)).toBe("just now");
  expect(ago(at, now + 12_000)).toBe("12 s ago");
  expect(ago(at, now - 3 * 3_600_000)).toBe("in 3 h");
  expect(duration(200 * 60)).toBe("3 h 20 min");
  expect(duration(5 * 86_400)).toBe("5 d");
});

test("offsets are spelled as the API takes them", () => {
  expect([0, 19_800_000, -12_600_000, 50_400_000].map(offsetText)).toEqual(["+00:00", "+05:30", "-03:30", "+14:00"]);
});
