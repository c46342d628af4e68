import { Stack, Text } from "@mantine/core";
import { useLog } from "../../api/queries";
import type { LedgerName } from "../../api/types";
import { CodeBlock } from "../../components/CodeBlock";
import { Loaded, Panel } from "../../components/Panel";
import { verifyCommand } from "./verifyCommand";

/** How anybody checks it without believing this page. */
export function VerifyPanel({ ledger }: { ledger: LedgerName }) {
  return (
    <Panel title="Check it yourself">
      <Loaded query={useLog(ledger)} height={{ base: 300, sm: 225 }}>
        {(log) => (
          <Stack gap={8}>
            <Text fz="sm">This exports every event with its proof and checks hashes, proofs and signature on your machine. It says the first sequence that is wrong, or that all are right.</Text>
            <CodeBlock label="the command">{verifyCommand(window.location.origin, ledger, log.vkey)}</CodeBlock>
            <Text fz="xs" c="dimmed">Take the public key from somewhere you trust: one you wrote down when the log began says more than this page.</Text>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
