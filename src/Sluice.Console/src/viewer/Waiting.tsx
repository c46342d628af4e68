import { Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { isFramed, tell } from "./host";

const again = 20_000;
const patience = 3_000;

/** There is no token yet: the page around the viewer is given a moment to say one by itself. */
export function WaitingForFirst({ hasSpoken }: { hasSpoken: boolean }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return hasSpoken || isLate ? <Waiting hasEnded={false} /> : <Busy />;
}

export const Busy = () => <Center h="100vh"><Loader aria-label="Loading" /></Center>;

/** There is no token that is good: says so, and asks the page around the viewer for one. */
export function Waiting({ hasEnded }: { hasEnded: boolean }) {
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const ask = () => tell("token-needed", { reason: hasEnded ? "ended" : "none" });
    ask();
    const timer = setInterval(ask, again);
    return () => clearInterval(timer);
  }, [hasEnded, asked]);
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack gap={6} align="center" ta="center" maw={460} role="status">
        <Title order={1}>{hasEnded ? "Your access to this audit log has ended" : "Waiting for access to the audit log"}</Title>
        <Text fz="sm">{isFramed ? "The page around it has been asked to let you in again. If nothing happens, reload that page." : "Go back to where you came from, and open the audit log there again."}</Text>
        {isFramed && <Button mt="xs" variant="default" onClick={() => setAsked(asked + 1)}>Ask again</Button>}
      </Stack>
    </Center>
  );
}
