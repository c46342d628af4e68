import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Destination } from "../../../api/types";
import { useMay } from "../../../app/session";
import { Panel } from "../../../components/Panel";
import { ProblemAlert } from "../../../components/ProblemAlert";
import { StatusBadge } from "../../../components/StatusBadge";
import { Time } from "../../../components/Time";
import { useNow } from "../../../components/useNow";
import { Filtered } from "../columns";
import { changeDestination, testDestination, useChange } from "../queries";
import { diagnose, type Step } from "../words";
import { ResumeDialog } from "./ResumeDialog";
import { TestOutcome } from "./TestOutcome";

const words: Record<Step, string> = {
  test: "Send a test", edit: "Change its settings", credentials: "Replace credentials", resume: "Resume", enable: "Enable", gaps: "Go to its gaps", "dead-letters": "Go to its dead letters",
};

/** What is wrong, what Sluice does about it, and the buttons that mend it. */
export function StatePanel({ of }: { of: Destination }) {
  const mayChange = useMay("manage_destinations");
  const now = useNow();
  const [isResuming, setResuming] = useState(false);
  const [, navigate] = useLocation();
  const test = useChange(() => testDestination(of.id));
  const enable = useChange(() => changeDestination(of.id, { enabled: true }));
  const { tone, title, wrong, now: meanwhile, steps } = diagnose(of, now);
  const act: Record<Step, () => void> = {
    test: () => test.mutate(), enable: () => enable.mutate(), resume: () => setResuming(true),
    edit: () => navigate(`/destinations/${of.id}/edit`), credentials: () => navigate(`/destinations/${of.id}/edit?credentials`),
    gaps: () => show("Gaps"), "dead-letters": () => show("Dead letters"),
  };
  const offered = mayChange ? steps : steps.filter((step) => step === "gaps" || step === "dead-letters");
  const hasError = of.last_error && of.status !== "active";
  return (
    <Panel title="How it is" tools={<Group gap="md"><StatusBadge status={of.status} />{of.filtered && <Filtered />}<Text fz="xs" c="dimmed">since <Time at={of.status_since} as="ago" /></Text></Group>}>
      <Stack gap="xs">
        <Text fw={600} className={tone} role="status">{title}</Text>
        {wrong && <Text fz="sm">{wrong}</Text>}
        {hasError && <Text fz="sm">Its last answer, <Time at={of.last_error?.at ?? ""} as="ago" />: <span className="mono">{of.last_error?.class}: {of.last_error?.message}</span></Text>}
        <Text fz="sm" c="dimmed">{meanwhile}</Text>
        {of.warning && <Text fz="sm" className="warn">{of.warning}</Text>}
        <Group gap="xs" mt={4}>
          {offered.map((step, index) => (
            <Button key={step} variant={index === 0 && tone !== "good" ? "filled" : "default"} onClick={act[step]} loading={(step === "test" && test.isPending) || (step === "enable" && enable.isPending)}>{words[step]}</Button>
          ))}
        </Group>
        {enable.error && <ProblemAlert error={enable.error} />}
        {test.error && <ProblemAlert error={test.error} title="No test was sent" />}
        {test.data && <TestOutcome result={test.data} to={"endpoint" in of ? of.endpoint : undefined} />}
      </Stack>
      {isResuming && <ResumeDialog of={of} onClose={() => setResuming(false)} />}
    </Panel>
  );
}

/** The part of the page, with the focus, so that keys and screen readers are there too. */
function show(part: string): void {
  const section = document.querySelector<HTMLElement>(`section[aria-label="${part}"]`);
  section?.scrollIntoView({ block: "start", behavior: "smooth" });
  section?.querySelector<HTMLElement>("button, [tabindex]")?.focus({ preventScroll: true });
}
