import { expect, it } from "vitest";
import { permissionsOf, permissionWords, roles, tryIt } from "./roles";

it("every role and permission has its words", () => {
  expect(Object.keys(permissionsOf).toSorted()).toEqual(roles.toSorted());
  expect(permissionsOf.admin).toEqual(Object.keys(permissionWords));
});

it("a key is tried with what its role may", () => {
  expect(tryIt("https://audit.example.com", "slc_live_x", { role: "reader", name: "r" })).toBe("curl -sS -H 'X-API-Key: slc_live_x' 'https://audit.example.com/v1/audit/events?page_size=1'");
  expect(tryIt("https://audit.example.com", "slc_live_x", { role: "writer", name: "Bob's" })).toContain(`"id":"Bob'\\''s"`);
});
