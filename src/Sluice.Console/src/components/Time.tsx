import { ago, brief, local, utc, utcSeconds } from "../text/times";
import { useNow } from "./useNow";

interface Props {
  /** As the API says it. */
  at: string;
  /** `brief` (the default) leaves out what today says, `full` has the date and UTC beside it, `ago` counts. */
  as?: "brief" | "full" | "ago";
}

/** A moment in the viewer's zone; UTC beside it, or when pointed at. */
export function Time({ at, as = "brief" }: Props) {
  const now = useNow();
  if (as === "full") return <time dateTime={at} title={utc(at)}>{local(at)} <span className="idle">({utcSeconds(at)})</span></time>;
  return <time dateTime={at} title={as === "ago" ? `${local(at)} (${utc(at)})` : utc(at)}>{as === "ago" ? ago(at, now) : brief(at, now)}</time>;
}
