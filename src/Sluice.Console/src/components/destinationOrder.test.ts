import { expect, test } from "vitest";
import type { Destination } from "../api/types";
import { byTrouble, tally } from "./destinationOrder";

const one = (name: string, status: Destination["status"], seconds = 0) => ({ name, status, lag: { events: 0, seconds, oldest_pending_at: null } }) as Destination;
const all = [one("b", "active"), one("a", "active"), one("late", "active", 90), one("off", "disabled"), one("broken", "failed"), one("shaky", "degraded")];

test("the failing destination stands first, and the one furthest behind before the others", () =>
  expect(byTrouble(all).map(({ name }) => name)).toEqual(["broken", "shaky", "off", "late", "a", "b"]));

test("a tally names the worst first and leaves out what there is none of", () => {
  expect(tally(all)).toBe("1 failed, 1 degraded, 1 disabled, 3 active");
  expect(tally([])).toBe("");
});
