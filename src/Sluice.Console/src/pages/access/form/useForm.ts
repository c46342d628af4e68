import { useState, type FormEvent } from "react";
import { ProblemError } from "../../../api/problem";
import type { Faults } from "./draft";

export interface Form<T> {
  draft: T;
  set: (change: Partial<T>) => void;
  /** Of one member, once somebody wanted to save: what is wrong here, or what the API refused. */
  fault: (member: string) => string | undefined;
  /** Saves when nothing is wrong, else leads to what is. */
  submit: (event: FormEvent<HTMLFormElement>) => void;
  /** The API's refusal that belongs to no member of the form. */
  error: Error | null;
}

/** What is being typed, and judged. */
export function useForm<T extends object>(initial: () => T, judge: (draft: T) => Faults, save: { mutate: (draft: T) => void; error: Error | null }, members: readonly string[]): Form<T> {
  const [draft, setDraft] = useState(initial);
  const [isTried, setTried] = useState(false);
  const faults = isTried ? judge(draft) : {};
  const refused = save.error instanceof ProblemError ? members.find((member) => (save.error as ProblemError).field?.split(/[.[]/)[0] === member) : undefined;
  return {
    draft,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    fault: (member) => faults[member] ?? (refused === member ? save.error?.message : undefined),
    error: refused === undefined ? save.error : null,
    submit: (event) => {
      event.preventDefault();
      setTried(true);
      const form = event.currentTarget;
      if (Object.keys(judge(draft)).length === 0) save.mutate(draft);
      else requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true], [data-invalid=true] input")?.focus());
    },
  };
}
