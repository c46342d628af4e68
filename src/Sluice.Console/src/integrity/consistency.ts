import type { Checkpoint as Signed } from "../api/types";
import { fromBase64, isSigned, parseCheckpoint } from "./note";
import { isConsistent } from "./merkle";

/** What this browser found out by itself about two checkpoints; nothing here believes the server. */
export interface Verdict {
  isConsistent: boolean;
  /** Both by the log's key; null when this browser cannot tell. */
  areSigned: boolean | null;
  /** How many hashes the proof had. */
  hashes: number;
}

export async function judge(older: Signed, newer: Signed, vkey: string, proof: readonly string[]): Promise<Verdict> {
  const [first, second] = [parseCheckpoint(older.checkpoint), parseCheckpoint(newer.checkpoint)];
  const signed = await Promise.all([isSigned(first, vkey), isSigned(second, vkey)]);
  return {
    isConsistent: isConsistent(first.size, second.size, first.root, second.root, proof.map(fromBase64)),
    areSigned: signed.includes(false) ? false : signed.includes(null) ? null : true,
    hashes: proof.length,
  };
}
