import { count, counted } from "../text/numbers";
import type { InclusionVerdict } from "./inclusion";

export interface ProofWords {
  isGood: boolean;
  /** "Event 4,711 is in the ledger of 1,203,441 events signed at 14:02" */
  headline: string;
  steps: { isGood: boolean | null; text: string }[];
  /** What to do when it is not good. */
  advice: string | null;
}

/** A verdict as people say it. `signedAt` is in words; nothing where it is not known. */
export function proofWords(verdict: InclusionVerdict, signedAt: string | null): ProofWords {
  const { isItself, isIncluded, isSigned, sequence, size, hashes } = verdict;
  const isGood = isItself && isIncluded && isSigned !== false;
  return {
    isGood,
    headline: isGood ? `Event ${count(sequence)} is in the ledger of ${counted(size, "event")} signed${signedAt ? ` at ${signedAt}` : ""}` : failure(verdict),
    steps: [
      { isGood: isItself, text: isItself ? "Its content has the hash that the ledger keeps: no member of it was changed." : "Its content has another hash than the ledger keeps." },
      {
        isGood: isIncluded,
        text: isIncluded
          ? size === 1 ? "It is the ledger’s only event: its hash is the root." : `From its hash and ${counted(hashes, "hash", "hashes")} of its neighbours follows the root that was signed.`
          : "From its hash and those of its neighbours another root follows than was signed.",
      },
      { isGood: isSigned, text: isSigned === null ? "This browser cannot check signatures here, as browsers allow it on https and localhost only; sluice verify does." : isSigned ? "The signature is that of this log’s key." : "The signature is not that of this log’s key." },
    ],
    advice: isGood ? null : "Copy the event and its proof, and ask the server’s operator. A backup shows when it was changed.",
  };
}

function failure({ isItself, isIncluded, sequence }: InclusionVerdict): string {
  if (!isItself) return `Event ${count(sequence)} was changed: it is not what was written`;
  return isIncluded ? "The checkpoint was not signed by this log’s key" : `Event ${count(sequence)} is not in the ledger that was signed`;
}
