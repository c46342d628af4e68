import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCallback, useEffect, useState, type KeyboardEvent } from "react";
import { CodeBlock } from "../../../components/CodeBlock";
import { Time } from "../../../components/Time";
import { Caution } from "../parts";
import { tryIt } from "../roles";
import type { Made } from "./MakingModal";

/** The key, this once. Who has not copied it is asked before it goes. */
export function ShownOnce({ made: { key, oldEnds }, onClose }: { made: Made; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const copied = useCallback(() => { setCopied(true); setAsking(false); }, []);
  useLeaving(!isCopied);
  return (
    <Modal opened onClose={() => (isCopied ? onClose() : setAsking(true))} title={`The key of ${key.name}`} size="lg" closeOnClickOutside={false}>
      <Stack gap="md" onKeyDown={keepKeys}>
        <Caution title="It is shown this once">Copy it now and keep it where secrets are kept. Sluice has only its hash: nobody can show it again.</Caution>
        <Key text={key.key} onCopied={copied} />
        {oldEnds && <Text fz="sm">The key before it works until <Time at={oldEnds} as="full" />. Put the new one in its place until then.</Text>}
        <div onCopy={copied}>
          <Text fz="sm" fw={500} mb={4}>Try it{key.role === "writer" && "; this sends a first event, which stays"}</Text>
          <CodeBlock label="the call" onCopied={copied}>{tryIt(window.location.origin, key.key, key)}</CodeBlock>
        </div>
        {isAsking ? <NotCopied onBack={() => setAsking(false)} onClose={onClose} /> : <Group justify="end"><Button variant={isCopied ? "filled" : "default"} onClick={() => (isCopied ? onClose() : setAsking(true))}>Done</Button></Group>}
      </Stack>
    </Modal>
  );
}

/** A leaving page would take the key with it, and so would the page's shortcuts. */
function useLeaving(isAsked: boolean): void {
  useEffect(() => {
    if (!isAsked) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isAsked]);
}

function keepKeys(event: KeyboardEvent): void {
  if (event.key !== "Escape") event.stopPropagation();
}

function Key({ text, onCopied }: { text: string; onCopied: () => void }) {
  const clipboard = useClipboard({ timeout: 10_000 });
  useEffect(() => { if (clipboard.copied) onCopied(); }, [clipboard.copied, onCopied]);
  return (
    <Stack gap={6} onCopy={onCopied}>
      <pre className="mono code" aria-label="The key" style={{ userSelect: "all", fontSize: 14 }}>{text}</pre>
      <Group gap="sm">
        <Button size="sm" leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={() => clipboard.copy(text)} data-autofocus>{clipboard.copied ? "Copied" : "Copy the key"}</Button>
        {clipboard.error && <Text fz="xs" className="bad" role="alert">This browser does not allow it here. Click the key, and copy it with Ctrl+C.</Text>}
      </Group>
    </Stack>
  );
}

function NotCopied({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  return (
    <Caution isBad title="You have not copied it">
      <Text fz="sm">Once this is closed nobody can show it again; you would have to make another one.</Text>
      <Group mt="xs" gap="xs" justify="end"><Button variant="default" onClick={onBack} autoFocus>Back to the key</Button><Button color="red.9" onClick={onClose}>Close without it</Button></Group>
    </Caution>
  );
}
