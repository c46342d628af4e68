import type { Destination } from "../../../api/types";
import type { DraftState } from "./useDraft";

/** What every part of the form gets. */
export interface SectionProps {
  state: DraftState;
  /** The destination that is changed; nothing for a new one. */
  stored?: Destination | undefined;
  /** What the API refused of a member. */
  refused: (name: string) => string | undefined;
  /** The credentials are what somebody came for. */
  wantsCredentials?: boolean;
}
