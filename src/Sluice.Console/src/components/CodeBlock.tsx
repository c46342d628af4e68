import { Box } from "@mantine/core";
import { CopyButton } from "./CopyButton";
import classes from "./CodeBlock.module.css";

/** A text to take along, such as a command. */
export function CodeBlock({ children, label }: { children: string; label: string }) {
  return (
    <Box className={classes.block}>
      <pre className="mono code" aria-label={label}>{children}</pre>
      <span className={classes.copy}><CopyButton value={children} label={`Copy ${label}`} /></span>
    </Box>
  );
}
