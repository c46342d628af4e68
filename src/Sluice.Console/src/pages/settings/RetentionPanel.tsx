import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import { keys } from "../../api/keys";
import { useMay } from "../../app/session";
import { Facts } from "../../components/Facts";
import { Loaded, Panel } from "../../components/Panel";
import { Time } from "../../components/Time";
import { count, counted } from "../../text/numbers";
import { RetentionForm } from "./RetentionForm";

/** For how long events are kept. */
export function RetentionPanel() {
  const mayChange = useMay("manage_retention");
  const query = useQuery({ queryKey: keys.retention, queryFn: ({ signal }) => get("/v1/audit/retention", { signal }) });
  return (
    <Panel title="Retention">
      <Loaded query={query} height={{ base: 224, sm: 180 }}>
        {(retention) => (
          <Stack gap="sm">
            <Facts of={[
              ["Events are kept", retention.days == null ? "for ever" : `${counted(retention.days, "day")} at least`],
              ["Since sequence", count(retention.first_sequence ?? 0)],
              ["The oldest is of", retention.oldest_persisted_at ? <Time at={retention.oldest_persisted_at} as="full" /> : "no event yet"],
            ]} />
            {mayChange
              ? <RetentionForm key={retention.days} days={retention.days ?? null} />
              : <Text fz="xs" c="dimmed">To change it takes an admin’s key for the instance.</Text>}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
