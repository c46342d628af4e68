import { Group, Skeleton, Stack, Title } from "@mantine/core";
import { useEffect, type ReactNode } from "react";

/** A page with its title, in the browser's tab too. */
export function Page({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  useEffect(() => { document.title = `${title} · Sluice`; }, [title]);
  return (
    <Stack gap="md" maw={1560} mx="auto">
      <Group justify="space-between" gap="xs" mih={34}><Title order={1}>{title}</Title>{tools}</Group>
      {children}
    </Stack>
  );
}

export function PageSkeleton() {
  return <Stack gap="md" maw={1560} mx="auto" aria-busy><Skeleton h={34} w={160} /><Skeleton h={92} /><Skeleton h={280} /></Stack>;
}
