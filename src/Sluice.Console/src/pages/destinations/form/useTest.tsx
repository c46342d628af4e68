import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { TestOutcome } from "../detail/TestOutcome";
import { testDefinition } from "../queries";

/** A test of what is typed, before it is saved, and what came of it. */
export function useTest(body: Record<string, unknown>): { send: () => void; isPending: boolean; outcome: ReactNode } {
  const test = useMutation({ mutationFn: async (sent: typeof body) => ({ sent: JSON.stringify(sent), result: await testDefinition(sent) }) });
  const isStale = test.data !== undefined && test.data.sent !== JSON.stringify(body);
  const to = typeof body.endpoint === "string" ? body.endpoint : undefined;
  return {
    send: () => test.mutate(body),
    isPending: test.isPending,
    outcome: (
      <>
        {test.error && <ProblemAlert error={test.error} title="No test was sent" />}
        {isStale && <Text fz="sm" c="dimmed">You changed something since the test: send another.</Text>}
        {test.data && !isStale && <TestOutcome result={test.data.result} to={to} />}
      </>
    ),
  };
}
