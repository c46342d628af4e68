import { expect, test } from "vitest";
import { dayAround, dayId, dayOf, lastDays, spanWords } from "./days";

const now = new Date(2026, 10, 22, 9, 30).getTime();

test("the days of the last week have the names that people give them", () => {
  const days = lastDays(now);
  expect(days.map((day) => day.words)).toEqual(["Today", "Yesterday", "Last Friday", "Last Thursday", "Last Wednesday", "Last Tuesday", "Last Monday", "Last Sunday"]);
  expect(days[5]?.id).toBe("2026-11-17");
});

test("a day is from midnight to midnight", () => {
  const day = dayOf("2026-11-17");
  expect(day && [new Date(day.from).getHours(), dayId(day.to)]).toEqual([0, "2026-11-18"]);
  expect(dayOf("2026-02-30")).toBeNull();
  expect(dayOf("")).toBeNull();
  expect(dayAround(new Date(2026, 10, 17, 23, 59).toISOString())).toEqual(day);
});

test("a span is told as shortly as it can be", () => {
  const berlin = { timeZone: "Europe/Berlin" };
  const at = (text: string) => Date.parse(text);
  expect(spanWords(at("2026-11-16T23:00:00Z"), at("2026-11-17T23:00:00Z"), berlin)).toBe("Tue, 17 Nov 2026");
  expect(spanWords(at("2026-11-17T08:00:00Z"), at("2026-11-17T10:30:00Z"), berlin)).toBe("17 Nov 2026, 09:00 to 11:30");
  expect(spanWords(at("2026-11-17T08:00:00Z"), at("2026-11-18T10:30:00Z"), berlin)).toBe("17 Nov 2026, 09:00 to 18 Nov 2026, 11:30");
});
