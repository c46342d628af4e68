import { Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useSession } from "../../../app/session";
import { useEmbed } from "../../../app/embed";
import { Facts } from "../../../components/Facts";
import { Loaded } from "../../../components/Panel";
import { proofWords } from "../../../integrity/proofWords";
import { local } from "../../../text/times";
import { useProof, type EventPlace, type Proved } from "./queries";

/** Whether the event is what was written, as this browser finds by its own sums. */
export function ProofTab({ place }: { place: EventPlace }) {
  const isInstance = useSession().tenant_id === null;
  if (place.isOwn && !isInstance) return <Text fz="sm">Proofs of Sluice’s own events are for keys of the whole instance: ask its administrator, who finds this event there.</Text>;
  return <Checked place={place} />;
}

function Checked({ place }: { place: EventPlace }) {
  return <Loaded query={useProof(place)} height={220}>{(proved) => <Verdict {...proved} />}</Loaded>;
}

function Verdict({ verdict, signedAt }: Proved) {
  const isEmbedded = useEmbed() !== null;
  const { isGood, headline, steps, advice } = proofWords(verdict, signedAt && local(signedAt));
  return (
    <Stack gap="sm">
      <Group gap="sm" wrap="nowrap" className={isGood ? "good" : "bad"} role="status">
        {isGood ? <IconShieldCheck size={28} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} /> : <IconShieldX size={28} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />}
        <Text fw={600} c="inherit">{headline}</Text>
      </Group>
      <List spacing={6} size="sm" listStyleType="none" aria-label="What was checked in this browser">
        {steps.map((step) => <List.Item key={step.text} icon={<Mark isGood={step.isGood} />}>{step.text}</List.Item>)}
      </List>
      {advice && <Text fz="sm">{advice}</Text>}
      <Facts of={[["Log", <span className="mono">{verdict.origin}</span>], ["Hash", <span className="mono">{verdict.hash}</span>]]} />
      <Text fz="xs" c="dimmed">Computed here from the event, its proof and the signed checkpoint; nothing of it is the server’s word but the log’s key, which {isEmbedded ? "stands at /v1/audit/log" : "the Integrity page shows"}.</Text>
    </Stack>
  );
}

function Mark({ isGood }: { isGood: boolean | null }) {
  if (isGood === null) return <IconAlertTriangle size={16} className="warn" aria-label="not checked" />;
  return isGood ? <IconCircleCheck size={16} className="good" aria-label="right" /> : <IconCircleX size={16} className="bad" aria-label="wrong" />;
}
