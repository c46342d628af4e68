import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Nothing is there: says why, and what to do. */
export function EmptyState({ title, children, height }: { title: string; children?: ReactNode; height?: number }) {
  return (
    <Stack gap={4} align="center" justify="center" ta="center" p="md" mih={height}>
      <Text fw={600} fz="sm">{title}</Text>
      <Text fz="sm" c="dimmed" component="div" maw={520}>{children}</Text>
    </Stack>
  );
}
