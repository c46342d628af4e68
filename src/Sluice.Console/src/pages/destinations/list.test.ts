import { expect, test } from "vitest";
import type { Destination } from "../../api/types";
import { isInTrouble, matches } from "./list";

const one = (members: object) => ({ id: "siem_1", name: "SOC Zurich", provider: "splunk", tenant_id: "acme", status: "active", dead_letters: 0, last_error: null, filtered: true, ...members }) as unknown as Destination;

test("a search is for all of its words, wherever they are", () => {
  expect(matches(one({}), "zurich ACME")).toBe(true);
  expect(matches(one({}), "filtered splunk")).toBe(true);
  expect(matches(one({}), "zurich globex")).toBe(false);
  expect(matches(one({}), "")).toBe(true);
});

test("dead letters are trouble, being switched off is none", () => {
  expect(isInTrouble(one({ dead_letters: 1 }))).toBe(true);
  expect(isInTrouble(one({ status: "disabled" }))).toBe(false);
});
