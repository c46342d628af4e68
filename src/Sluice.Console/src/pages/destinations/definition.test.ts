import { expect, test } from "vitest";
import { draftOf, emptyDraft, isFiltered, isInTheClear, looksSecret, missing, toChanges, toDefinition, toDryRun } from "./definition";
import { fieldsOf, ownFields, providers } from "./fields";
import { kinds } from "./kinds";

const stored = {
  provider: "splunk", name: "SOC", endpoint: "https://splunk.example.com", index: "main", source: "sluice", sourcetype: "_json", acknowledge: false, enabled: true, tenant_id: null, filter: null, event_types: ["user.*"],
  heartbeat_seconds: null, headers: [{ name: "X-Team", value: "audit", active: true, secret: false }, { name: "X-Key", value: null, active: true, secret: true }], credentials_set: ["token"],
};

test("every kind of the API has its text", () => expect(Object.keys(kinds).toSorted()).toEqual(providers.toSorted()));

test("what was left alone is not in the definition", () => {
  const draft = emptyDraft("splunk");
  draft.values.endpoint = "https://splunk.example.com";
  draft.secrets.token = "secret";
  expect(toDefinition(draft)).toEqual({ provider: "splunk", endpoint: "https://splunk.example.com", token: "secret" });
});

test("a definition has what was typed, disabled included", () => {
  const draft = emptyDraft("webhook");
  Object.assign(draft.values, { name: "SOC", endpoint: "https://a", enabled: false, event_types: ["user.*"], framing: "ndjson" });
  draft.headers = [{ name: " X-Team ", value: "audit", active: false, secret: false, kept: false }, { name: "", value: "", active: true, secret: false, kept: false }];
  expect(toDefinition(draft)).toEqual({ provider: "webhook", name: "SOC", endpoint: "https://a", enabled: false, event_types: ["user.*"], framing: "ndjson", headers: [{ name: "X-Team", value: "audit", active: false, secret: false }] });
});

test("nothing changed, nothing is sent", () => expect(toChanges(draftOf("splunk", stored), stored)).toEqual({}));

test("only what changed is sent, and an emptied member clears", () => {
  const draft = draftOf("splunk", { ...stored, filter: "action EQ \"a\"" });
  Object.assign(draft.values, { name: "SOC Zurich", filter: "", event_types: [] });
  expect(toChanges(draft, { ...stored, filter: "action EQ \"a\"" })).toEqual({ name: "SOC Zurich", filter: null, event_types: [] });
});

test("a secret goes only when it was typed; a stored header keeps its value", () => {
  const draft = draftOf("splunk", stored);
  draft.secrets.token = "new";
  draft.headers = draft.headers.map((row) => (row.name === "X-Team" ? { ...row, value: "soc" } : row));
  expect(toChanges(draft, stored)).toEqual({ token: "new", headers: [{ name: "X-Team", value: "soc", active: true, secret: false }, { name: "X-Key", active: true, secret: true }] });
});

test("what never changes is never sent", () => {
  const before = { ...stored, provider: "http", verification_token: "abcdefghijklmnop" };
  const draft = draftOf("http", before);
  draft.values.verification_token = "another-token-here";
  expect(toChanges(draft, before)).not.toHaveProperty("verification_token");
});

test("a dry run is about events, not about the way to the place", () => {
  const draft = emptyDraft("splunk");
  Object.assign(draft.values, { endpoint: "https://a", filter: "outcome EQ \"denied\"" });
  expect(toDryRun(draft, 7)).toEqual({ provider: "splunk", filter: "outcome EQ \"denied\"", days: 7 });
});

test("filtered, while anything keeps events back", () => {
  const draft = emptyDraft("webhook");
  expect(isFiltered(draft)).toBe(false);
  draft.values.except_event_types = ["scan.*"];
  expect(isFiltered(draft)).toBe(true);
});

test("what is missing is named, and what is stored is not missing", () => {
  expect(missing(emptyDraft("splunk"))).toEqual(["token", "endpoint"]);
  expect(missing(draftOf("splunk", stored), ["token"])).toEqual([]);
});

test("headers that look like secrets", () => expect(["Authorization", "X-Api-Key", "X-Team"].map(looksSecret)).toEqual([true, true, false]));

test("what is not encrypted", () => expect(["http://a", "TCP://a", "https://a", "tls://a", null].map(isInTheClear)).toEqual([true, true, false, false, false]));

test("a kind's own members do not repeat those of all", () => {
  expect(ownFields("splunk").map(({ name }) => name)).toEqual(["token", "index", "source", "sourcetype", "acknowledge"]);
  expect(fieldsOf("stdout").length).toBeGreaterThan(10);
});
