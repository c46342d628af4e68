import { Box } from "@mantine/core";
import { CopyButton } from "./CopyButton";
import classes from "./CodeBlock.module.css";

/** A text to take along, such as a command. */
export function CodeBlock({ children, label, onCopied }: { children: string; label: string; onCopied?: () => void }) {
  return (
    <Box className={classes.block}>
      <pre className="mono code" aria-label={label}>{children}</pre>
      <span className={classes.copy}><CopyButton value={children} label={`Copy ${label}`} {...(onCopied ? { onCopied } : {})} /></span>
    </Box>
  );
}
