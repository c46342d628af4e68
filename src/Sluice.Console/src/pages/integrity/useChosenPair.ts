import { useState } from "react";
import { useCheckpoints } from "../../api/queries";
import type { Checkpoint, LedgerName } from "../../api/types";

export interface Pair {
  older: Checkpoint | undefined;
  newer: Checkpoint | undefined;
  /** Chooses a checkpoint: the pair is this one and the one that was chosen before it. */
  choose: (checkpoint: Checkpoint) => void;
  isChosen: (checkpoint: Checkpoint) => boolean;
}

/** Two checkpoints to compare: the last two clicked ones; to begin with, the newest and the oldest that are shown. */
export function useChosenPair(ledger: LedgerName): Pair {
  const all = useCheckpoints(ledger).data?.checkpoints ?? [];
  const [chosen, setChosen] = useState<Record<string, Checkpoint[]>>({});
  const [last] = all;
  const ends = [last, all.findLast((one) => one.size > 0 && one !== last) ?? (all.length > 1 ? all.at(-1) : undefined)].filter((one) => one !== undefined);
  const mine = chosen[ledger] ?? ends;
  const [newer, older] = mine.toSorted((a, b) => b.size - a.size);
  return {
    older, newer,
    choose: (checkpoint) => setChosen({ ...chosen, [ledger]: [checkpoint, ...mine.filter((one) => one.size !== checkpoint.size)].slice(0, 2) }),
    isChosen: (checkpoint) => checkpoint.size === newer?.size || checkpoint.size === older?.size,
  };
}
