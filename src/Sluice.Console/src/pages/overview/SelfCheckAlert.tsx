import { Alert, Anchor, Text } from "@mantine/core";
import { IconShieldX } from "@tabler/icons-react";
import { Link } from "wouter";
import { useSelfCheck } from "../../api/queries";
import { Time } from "../../components/Time";

/** Nothing while all is well: a ledger that is not what was signed is the first thing to know. */
export function SelfCheckAlert() {
  const last = useSelfCheck().data?.last;
  if (!last || last.passed) return null;
  return (
    <Alert color="red" variant="light" icon={<IconShieldX size={18} />} title="A ledger is not what was signed" role="alert">
      <Text fz="sm">The self-check of <Time at={last.ended_at} as="full" /> found events changed, damaged or missing. <Anchor component={Link} href="/integrity" fz="sm">See which, and what to do</Anchor></Text>
    </Alert>
  );
}
