import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { equal, isConsistent, nodeHash } from "./merkle";
import { sha256 } from "./sha256";

// RFC 6962 §2.1, straight from its definitions.
const leaf = (i: number) => sha256(Uint8Array.of(0, i));
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);
const root = (from: number, to: number): Uint8Array =>
  to - from === 1 ? leaf(from) : nodeHash(root(from, from + split(to - from)), root(from + split(to - from), to));

function proof(m: number, from: number, to: number, whole: boolean): Uint8Array[] {
  const n = to - from;
  if (m === n) return whole ? [] : [root(from, to)];
  const k = split(n);
  return m <= k ? [...proof(m, from, from + k, whole), root(from + k, to)] : [...proof(m - k, from + k, to, false), root(from, from + k)];
}

test("sha256 is that of node, for every length around the blocks", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = randomBytes(length);
    expect(Buffer.from(sha256(bytes)).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

test("every log is consistent with each of its beginnings, and with no other", () => {
  for (let to = 1; to <= 33; to++) {
    for (let from = 1; from <= to; from++) {
      const hashes = proof(from, 0, to, true);
      expect(isConsistent(from, to, root(0, from), root(0, to), hashes), `${from} of ${to}`).toBe(true);
      expect(isConsistent(from, to, leaf(99), root(0, to), hashes), `another beginning: ${from} of ${to}`).toBe(false);
      expect(isConsistent(from, to, root(0, from), leaf(99), hashes), `another end: ${from} of ${to}`).toBe(false);
      if (hashes.length > 0) expect(isConsistent(from, to, root(0, from), root(0, to), hashes.slice(1)), `too short: ${from} of ${to}`).toBe(false);
      expect(isConsistent(from, to, root(0, from), root(0, to), [...hashes, leaf(1)]), `too long: ${from} of ${to}`).toBe(false);
    }
  }
});

test("hashes are equal when all their bytes are", () => {
  expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equal(Uint8Array.of(1), Uint8Array.of(1, 3))).toBe(false);
});
