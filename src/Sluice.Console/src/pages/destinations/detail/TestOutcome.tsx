import { Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { TestResult } from "../../../api/types";
import { Facts } from "../../../components/Facts";
import { Badge } from "../../../components/StatusBadge";
import { bytes } from "../../../text/numbers";
import { testInWords } from "../words";

/** What a test sent, and what was answered. */
export function TestOutcome({ result, to }: { result: TestResult; to: string | null | undefined }) {
  return (
    <section aria-label="The test" className="panel" style={{ padding: "10px 12px", background: "var(--mantine-color-body)" }}>
      <Stack gap={8}>
        <Badge tone={result.ok ? "good" : "bad"} icon={result.ok ? IconCircleCheck : IconCircleX} label={result.ok ? "The test arrived" : "The test did not arrive"} />
        <Text fz="sm" role="status">{testInWords(result)}</Text>
        <Facts of={[
          ["Sent", <>one event, <span className="mono">sluice.destination.test</span> with <span className="mono">metadata.test</span>, {bytes(result.sent_bytes)}{to ? <> to <span className="mono">{to}</span></> : ""}. It is in no ledger.</>],
          ["Answered", <>{result.http_status ?? result.class ?? "nothing to be read"}, after {result.duration_ms} ms</>],
          ...(result.answer ? [["It said", <span className="mono">{result.answer}</span>] as [string, React.ReactNode]] : []),
        ]} />
      </Stack>
    </section>
  );
}
