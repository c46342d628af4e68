import { SimpleGrid } from "@mantine/core";
import { useMay, useSession } from "../../app/session";
import { Page } from "../../components/Page";
import { AuditPanel } from "./AuditPanel";
import { ColoursPanel } from "./ColoursPanel";
import { RetentionPanel } from "./RetentionPanel";
import { SessionPanel } from "./SessionPanel";

export default function SettingsPage() {
  const isInstance = useSession().tenant_id === null;
  const maySeeRetention = useMay("view_operation") && isInstance;
  const maySeeDestinations = useMay("view_destinations");
  return (
    <Page title="Settings">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {maySeeRetention && <RetentionPanel />}
        {maySeeDestinations && <AuditPanel />}
        <SessionPanel />
        <ColoursPanel />
      </SimpleGrid>
    </Page>
  );
}
