import { describe, expect, it } from "vitest";
import type { AccessKey } from "../../api/types";
import { byState, hasWords, stateOf } from "./keyState";

const now = Date.UTC(2026, 2, 17);
const key = (more: Partial<AccessKey> = {}): AccessKey => ({
  id: "key_1", prefix: "slc_live_abcde", name: "ci", role: "reader", tenant_id: null, account_id: null, allowed_networks: [], created_at: "2026-03-01T00:00:00.000000000Z", expires_at: null, last_used_at: null, replaced_by: null, ...more,
});
const [inADay, inAYear, yesterday] = ["2026-03-18T00:00:00.000000000Z", "2027-03-17T00:00:00.000000000Z", "2026-03-16T00:00:00.000000000Z"];

describe("how a key stands", () => {
  it("is active without an end, or with one far away", () => expect([stateOf(key(), now), stateOf(key({ expires_at: inAYear }), now)]).toEqual(["active", "active"]));
  it("ends soon within a week", () => expect(stateOf(key({ expires_at: inADay }), now)).toBe("ending"));
  it("is being replaced while its overlap lasts", () => expect(stateOf(key({ expires_at: inADay, replaced_by: "key_2" }), now)).toBe("replaced"));
  it("is expired after its end, replaced or not", () => expect(stateOf(key({ expires_at: yesterday, replaced_by: "key_2" }), now)).toBe("expired"));

  it("is refused for a test key of a tenant that is none, as far as tenants are known", () => {
    const test = key({ prefix: "slc_test_abcde", tenant_id: "acme" });
    expect([stateOf(test, now, new Set()), stateOf(test, now, new Set(["acme"])), stateOf(test, now)]).toEqual(["refused", "active", "active"]);
  });
});

it("keys that want somebody come first, then the newest", () => {
  const keys = [key({ id: "old" }), key({ id: "over", expires_at: yesterday }), key({ id: "new", created_at: inADay }), key({ id: "ends", expires_at: inADay })];
  expect(byState(keys, (one) => stateOf(one, now)).map(({ id }) => id)).toEqual(["ends", "new", "old", "over"]);
});

it("every word of a search has to be there", () => {
  expect(hasWords(["splunk", null, "reader"], "SPL read")).toBe(true);
  expect(hasWords(["splunk", "reader"], "splunk writer")).toBe(false);
  expect(hasWords(["splunk"], "")).toBe(true);
});
