import { useEffect, useState } from "react";

/** Who opened a dialog or drawer gets the focus back when it goes, if it is still there. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }, [before]);
}
