import type { AuditEvent, Proof } from "../api/types";
import { eventHash } from "./eventHash";
import { equal, nodeHash } from "./merkle";
import { fromBase64, hex, isSigned, parseCheckpoint } from "./note";
import { sha256 } from "./sha256";

/** What this browser found out by itself about an event; nothing here believes the server. */
export interface InclusionVerdict {
  /** Its hash follows from what it says. */
  isItself: boolean;
  /** Its hash is in the ledger that the checkpoint speaks of, at its place. */
  isIncluded: boolean;
  /** By the log's key; null when this browser cannot tell. */
  isSigned: boolean | null;
  sequence: number;
  size: number;
  origin: string;
  hash: string;
  hashes: number;
}

export async function judgeInclusion(event: AuditEvent, proof: Proof, log: { vkey: string; origin: string }): Promise<InclusionVerdict> {
  const checkpoint = parseCheckpoint(proof.checkpoint);
  const hash = eventHash(event);
  const leaf = leafHash(hash);
  return {
    isItself: hash === event.integrity_hash,
    isIncluded: checkpoint.origin === log.origin && includes(event.sequence, checkpoint.size, leaf, proof.hashes.map(fromBase64), checkpoint.root),
    isSigned: await isSigned(checkpoint, log.vkey),
    sequence: event.sequence,
    size: checkpoint.size,
    origin: checkpoint.origin,
    hash,
    hashes: proof.hashes.length,
  };
}

/** Whether a leaf stands at its place in the tree of that root (RFC 6962 §2.1.3.2). */
export function includes(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (index < 0 || index >= size) return false;
  let [place, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equal(hash, root);
}

/** SHA-256 of a zero byte and the event's digest. */
export function leafHash(integrityHash: string): Uint8Array {
  const digest = Uint8Array.from(integrityHash.replace("sha256:", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const leaf = new Uint8Array(1 + digest.length);
  leaf.set(digest, 1);
  return sha256(leaf);
}

export const rootText = (note: string): string => hex(parseCheckpoint(note).root);

const half = (n: number): number => Math.floor(n / 2);
