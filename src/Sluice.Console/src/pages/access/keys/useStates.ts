import { useCallback } from "react";
import type { AccessKey } from "../../../api/types";
import { useNow } from "../../../components/useNow";
import { useAccess } from "../access";
import { stateOf, type KeyState } from "../keyState";

const every = 10_000;

/** How keys stand, judged anew every ten seconds. */
export function useStates(): (key: AccessKey) => KeyState {
  const { testTenants } = useAccess();
  const now = Math.floor(useNow() / every) * every;
  return useCallback((key: AccessKey) => stateOf(key, now, testTenants), [now, testTenants]);
}
