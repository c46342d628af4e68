import { describe, expect, it } from "vitest";
import { matching, plainTenant, treeOf } from "./tree";

const tenant = (id: string, parent: string | null = null) => ({ ...plainTenant(id), parent });
const shape = (branches: ReturnType<typeof treeOf>) => branches.map(({ tenant, depth, isSaid }) => `${"-".repeat(depth)}${tenant.id}${isSaid ? "" : "?"}`);

describe("tenants", () => {
  it("stand below the one that they belong to", () => expect(shape(treeOf([tenant("web", "acme"), tenant("zeta"), tenant("acme"), tenant("cart", "web")]))).toEqual(["acme", "-web", "--cart", "zeta"]));
  it("are there too when only another one names them, or an event", () => expect(shape(treeOf([tenant("web", "acme")], ["beta", "web"]))).toEqual(["acme?", "-web", "beta?"]));
  it("are found with those above them", () => expect(shape(matching(treeOf([tenant("cart", "web"), tenant("web", "acme"), tenant("zeta")]), ({ id }) => id === "cart"))).toEqual(["acme?", "-web", "--cart"]));
});
