import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ProblemError, whatToDo } from "../api/problem";
import { CopyButton } from "./CopyButton";

interface Props {
  error: Error;
  title?: string;
  retry?: () => void;
}

/** What went wrong in the API's own words, what to do, and the id under which the server's log has it. */
export function ProblemAlert({ error, title = "That did not work", retry }: Props) {
  const requestId = error instanceof ProblemError ? error.requestId : undefined;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={title} role="alert" maw={720}>
      <Text fz="sm">{error.message}</Text>
      <Text fz="sm" mt={4}>{whatToDo(error)}</Text>
      <Group gap="xs" mt={requestId || retry ? 8 : 0}>
        {retry && <Button variant="default" onClick={retry}>Try again</Button>}
        {requestId && <Text fz="xs" c="dimmed">Request <span className="mono">{requestId}</span> <CopyButton value={requestId} label="Copy the request id" /></Text>}
      </Group>
    </Alert>
  );
}
