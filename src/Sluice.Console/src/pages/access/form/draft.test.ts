import { expect, it } from "vitest";
import { accountFaults, keyBody, keyFaults, newAccount, newKey } from "./draft";

const now = Date.UTC(2026, 2, 17);

it("a new key needs a name and a role, and a tenant unless it is the instance's", () => {
  expect(Object.keys(keyFaults(newKey(null), now))).toEqual(["name", "role"]);
  expect(accountFaults({ ...newAccount(" "), name: "ci", role: "reader" })).toEqual({ tenant_id: "Type the tenant’s id, or choose the whole instance." });
  expect(keyFaults({ ...newKey("acme"), name: "ci", role: "reader" }, now)).toEqual({});
});

it("it is sent as the API takes it", () =>
  expect(keyBody({ ...newKey(" acme "), name: " ci ", role: "reader", networks: "10.0.0.0/8, fd00::/8" }, now))
    .toEqual({ name: "ci", role: "reader", tenant_id: "acme", allowed_networks: ["10.0.0.0/8", "fd00::/8"], expires_at: "2026-06-15T00:00:00.000Z" }));
