import { useState } from "react";
import type { Draft, HeaderRow, Value } from "../definition";

export interface DraftState {
  draft: Draft;
  set: (name: string, value: Value) => void;
  setSecret: (name: string, value: string | null | undefined) => void;
  setHeaders: (headers: HeaderRow[]) => void;
}

/** What is being typed. */
export function useDraft(initial: () => Draft): DraftState {
  const [draft, setDraft] = useState(initial);
  return {
    draft,
    set: (name, value) => setDraft((before) => ({ ...before, values: { ...before.values, [name]: value } })),
    setSecret: (name, value) => setDraft((before) => ({ ...before, secrets: withSecret(before.secrets, name, value) })),
    setHeaders: (headers) => setDraft((before) => ({ ...before, headers })),
  };
}

function withSecret(secrets: Draft["secrets"], name: string, value: string | null | undefined): Draft["secrets"] {
  const rest = Object.fromEntries(Object.entries(secrets).filter(([one]) => one !== name));
  return value === undefined ? rest : { ...rest, [name]: value };
}
