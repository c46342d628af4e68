import { Text } from "@mantine/core";
import { columnOf, type FilterProblem } from "./tokens";
import classes from "./FilterFault.module.css";

/** What is wrong with a filter, under the place where it is. */
export function FilterFault({ id, text, fault: { at, message } }: { id: string; text: string; fault: FilterProblem }) {
  const from = Math.max(0, at - 40);
  return (
    <div id={id} className={classes.fault} role="status">
      <div className={`mono ${classes.line}`} aria-hidden>
        {from > 0 && "…"}{text.slice(from, at)}<mark className={classes.mark}>{text.slice(at, at + 1) || " "}</mark>{text.slice(at + 1, at + 40)}
      </div>
      <Text fz="sm" className="bad">Column {columnOf(text, at)}: {message}</Text>
    </div>
  );
}
