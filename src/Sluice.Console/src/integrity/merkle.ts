import { sha256 } from "./sha256";

/** The hash of an inner node (RFC 6962 §2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** Whether the log of size `from` is the beginning of the log of size `to` (RFC 6962 §2.1.4.2): nothing was changed, removed or put between. */
export function isConsistent(from: number, to: number, fromRoot: Uint8Array, toRoot: Uint8Array, proof: readonly Uint8Array[]): boolean {
  if (from > to) return false;
  if (from === to) return proof.length === 0 && equal(fromRoot, toRoot);
  if (from === 0) return proof.length === 0;
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof] : [...proof];
  let [first, second] = [from - 1, to - 1];
  while (first % 2 === 1) [first, second] = [half(first), half(second)];
  let [older, newer] = [path[0], path[0]];
  for (const hash of path.slice(1)) {
    if (!older || !newer || second === 0) return false;
    if (first % 2 === 1 || first === second) {
      [older, newer] = [nodeHash(hash, older), nodeHash(hash, newer)];
      while (first % 2 === 0 && first !== 0) [first, second] = [half(first), half(second)];
    } else {
      newer = nodeHash(newer, hash);
    }
    [first, second] = [half(first), half(second)];
  }
  return second === 0 && older !== undefined && newer !== undefined && equal(older, fromRoot) && equal(newer, toRoot);
}

export const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

const half = (n: number): number => Math.floor(n / 2);

const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));
