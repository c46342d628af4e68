import { expect, test } from "vitest";
import { canonical, eventHash } from "./eventHash";
import { includes, leafHash } from "./inclusion";
import { nodeHash } from "./merkle";
import { proofWords } from "./proofWords";

/** As the documentation shows it. */
const event = {
  id: "evt_sample_02", timestamp: "2026-03-16T08:02:40.118000000Z", tenant_id: "acme", category: "certificate_lifecycle", action: "certificate.issue", outcome: "success",
  actor: { email: "ada@acme.example", id: "usr_ada", name: "Ada Okafor", type: "user" }, resource: { id: "crt_a1", name: "api.acme.example", type: "certificate" },
  source_ip: "203.0.113.42", user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
  metadata: { ca_id: "ca_main", key_type: "ecdsa-p256", validity_days: 90 }, salt: "umP4PGzItw7p2OrbCZ0x6A", sequence: 1, persisted_at: "2026-11-21T11:46:06.230684200Z",
  integrity_hash: "sha256:de7eb5be02b21bdc534af591d75bc188f4ddd0f066427fc6bb7663dd386b7d13",
};

test("an event's hash follows from what it says", () => {
  expect(eventHash(event)).toBe(event.integrity_hash);
  expect(eventHash({ ...event, outcome: "denied" })).not.toBe(event.integrity_hash);
  expect(eventHash({ ...event, source_ip: "203.0.113.43" })).not.toBe(event.integrity_hash);
});

test("where and when the ledger keeps it does not count", () => expect(eventHash({ ...event, sequence: 7, persisted_at: "x" })).toBe(event.integrity_hash));

test("an event whose personal members are gone has the same hash by their commitment", () => {
  const { id, timestamp, tenant_id, category, action, outcome, resource, metadata } = event;
  const rest = { id, timestamp, tenant_id, category, action, outcome, resource, metadata, actor: { type: "user", id: "usr_ada" } };
  const personal = "sha256:" + "0".repeat(64);
  expect(eventHash({ ...rest, personal })).not.toBe(event.integrity_hash);
  expect(eventHash({ ...event, personal })).toBe(eventHash({ ...rest, personal }));
});

test("names are sorted and numbers written as RFC 8785 says", () => expect(canonical({ b: [1e21, 0.1, null], a: { "é": "\u0007\n", Z: true } })).toBe('{"a":{"Z":true,"é":"\\u0007\\n"},"b":[1e+21,0.1,null]}'));

const leaves = Array.from({ length: 7 }, (_, i) => leafHash(`sha256:${String(i).padStart(64, "0")}`));

function root(of: Uint8Array[]): Uint8Array {
  if (of.length === 1) return of[0] as Uint8Array;
  const left = split(of.length);
  return nodeHash(root(of.slice(0, left)), root(of.slice(left)));
}

function path(of: Uint8Array[], index: number): Uint8Array[] {
  if (of.length === 1) return [];
  const left = split(of.length);
  return index < left ? [...path(of.slice(0, left), index), root(of.slice(left))] : [...path(of.slice(left), index - left), root(of.slice(0, left))];
}

const split = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

test("every leaf of every tree is found at its place, and nowhere else", () => {
  for (let size = 1; size <= leaves.length; size++) {
    const tree = leaves.slice(0, size);
    for (let index = 0; index < size; index++) {
      const [leaf, proof] = [tree[index] as Uint8Array, path(tree, index)];
      expect(includes(index, size, leaf, proof, root(tree))).toBe(true);
      expect(includes((index + 1) % size, size, leaf, proof, root(tree))).toBe(size === 1);
      expect(includes(index, size, leaf, [...proof, leaf], root(tree))).toBe(false);
      expect(includes(index, size, leafHash("sha256:" + "f".repeat(64)), proof, root(tree))).toBe(false);
    }
  }
  expect(includes(1, 1, leaves[0] as Uint8Array, [], root(leaves.slice(0, 1)))).toBe(false);
});

const verdict = { isItself: true, isIncluded: true, isSigned: true, sequence: 4711, size: 1203441, origin: "o", hash: "h", hashes: 21 };

test("a proof is told in words", () => {
  const words = proofWords(verdict, "14:02");
  expect(words.headline).toBe("Event 4,711 is in the ledger of 1,203,441 events signed at 14:02");
  expect(words).toMatchObject({ isGood: true, advice: null });
});

test("a proof that fails says what failed, and what to do", () => {
  expect(proofWords({ ...verdict, isItself: false }, null)).toMatchObject({ isGood: false, headline: "Event 4,711 was changed: it is not what was written" });
  expect(proofWords({ ...verdict, isIncluded: false }, null).headline).toBe("Event 4,711 is not in the ledger that was signed");
  expect(proofWords({ ...verdict, isSigned: false }, null)).toMatchObject({ isGood: false, headline: "The checkpoint was not signed by this log’s key" });
  expect(proofWords({ ...verdict, isSigned: false }, null).advice).toContain("ask the server’s operator");
});

test("a signature that the browser cannot check is no failure, and is said", () => {
  const words = proofWords({ ...verdict, isSigned: null }, "14:02");
  expect(words.isGood).toBe(true);
  expect(words.steps[2]).toMatchObject({ isGood: null });
});
