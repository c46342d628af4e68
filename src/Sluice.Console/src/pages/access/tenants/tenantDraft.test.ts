import { expect, it } from "vitest";
import { draftOf, newTenant, tenantBody, tenantFaults } from "./tenantDraft";

it("a tenant is said what was typed, and what is empty is cleared", () => {
  const body = tenantBody({ ...newTenant("acme"), id: "acme-web", streaming: false, requests: 600 });
  expect(body).toEqual({ name: null, parent: "acme", test: false, entitlements: { streaming: false, exports: true }, rate_limit: { requests_per_minute: 600, events_per_minute: null } });
  expect(tenantBody(draftOf({ id: "acme-web", ...body }))).toEqual(body);
});

it("an id is needed, and one that is not there yet", () => {
  expect(tenantFaults(newTenant(), [])).toHaveProperty("id");
  expect(tenantFaults({ ...newTenant(), id: "acme" }, ["acme"]).id).toContain("is there already");
  expect(tenantFaults({ ...newTenant("acme"), id: "acme" }, [])).toEqual({ parent: "It cannot belong to itself." });
  expect(tenantFaults({ ...newTenant("acme"), id: "web" }, ["acme"])).toEqual({});
});
