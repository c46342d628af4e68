import { expect, test } from "vitest";
import { progressOf, replayInWords, sourceOf } from "./replays";

const one = { status: "running" as const, sent: 40, refused: 10, total: 200 };

test("progress counts what was refused", () => expect(progressOf(one)).toBe(25));
test("progress is unknown until events are counted, and full at the end", () => {
  expect(progressOf({ ...one, total: null })).toBe(0);
  expect(progressOf({ ...one, status: "completed", total: 0 })).toBe(100);
});
test("in words", () => {
  expect(replayInWords(one)).toBe("running, 40 of 200 events sent, 10 refused");
  expect(replayInWords({ status: "running", sent: 1, refused: 0, total: null })).toBe("running, 1 event sent");
  expect(sourceOf({ source: "range", from: 0, to: 1500 })).toBe("A range, sequences 0 to 1,500");
});
