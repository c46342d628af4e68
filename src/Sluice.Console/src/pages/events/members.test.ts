import { expect, test } from "vitest";
import { memberWords, resourceOf, sectionsOf } from "./members";

const event = {
  id: "e", timestamp: "2026-03-16T08:02:40.118000000Z", tenant_id: "acme", category: "c", action: "a.b", outcome: "success" as const,
  actor: { type: "user", id: "usr_ada", department: { floor: 3 } }, resource: { type: "certificate", id: "crt" }, metadata: { tags: ["a", "b"], rows: [{ x: 1 }], none: {}, started_at: "yesterday" },
  sequence: 1, persisted_at: "2026-03-16T08:02:40.118000000Z", integrity_hash: "sha256:0",
};

test("every member is shown, sorted by what people ask", () => {
  const sections = sectionsOf(event);
  expect(sections.map(({ title }) => title)).toEqual(["Who", "What", "Added by the sender", "In the ledger"]);
  expect(sections[0]?.members.map(({ path, value }) => `${path.join(".")}=${value}`)).toEqual(["actor.type=user", "actor.id=usr_ada", "actor.department.floor=3"]);
  expect(sections[2]?.members.map(({ value }) => value)).toEqual(["a", "b", '[{"x":1}]', "{}", "yesterday"]);
});

test("times are known as times, but not what a sender calls so", () => {
  const all = sectionsOf(event).flatMap(({ members }) => members);
  expect(all.filter(({ isTime }) => isTime).map(({ path }) => path[0])).toEqual(["timestamp", "persisted_at"]);
});

test("names are words", () => {
  expect(memberWords(["api_call", "http_status"])).toBe("http status");
  expect(memberWords(["resource", "id"])).toBe("resource id");
  expect(memberWords(["source_ip"])).toBe("source ip");
  expect(resourceOf(event)).toBe("certificate crt");
});
