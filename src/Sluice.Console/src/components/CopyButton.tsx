import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect } from "react";

/** Copies a text and says so, to screen readers too. */
export function CopyButton({ value, label = "Copy", onCopied }: { value: string; label?: string; onCopied?: () => void }) {
  const clipboard = useClipboard({ timeout: 2_000 });
  useEffect(() => { if (clipboard.copied) onCopied?.(); }, [clipboard.copied, onCopied]);
  const shown = clipboard.copied ? "Copied" : clipboard.error ? "Select it and copy by hand: this browser does not allow it here" : label;
  return (
    <Tooltip label={shown}>
      <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" onClick={() => clipboard.copy(value)} aria-label={shown} aria-live="polite">
        {clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      </ActionIcon>
    </Tooltip>
  );
}
