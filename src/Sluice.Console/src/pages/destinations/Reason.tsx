import { Text } from "@mantine/core";
import { useSession } from "../../app/session";

/** In place of the buttons, for those who may not press them. */
export function Reason() {
  const { role } = useSession();
  return <Text fz="xs" c="dimmed">You see them as {role}. To change them takes a key of role admin or operator.</Text>;
}
