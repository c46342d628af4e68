import { Group, Text } from "@mantine/core";
import { Link } from "wouter";

export function Logo() {
  return (
    <Link href="/" className="plain" aria-label="Sluice, overview">
      <Group gap={8} wrap="nowrap">
        <img src="/favicon.svg" width={22} height={22} alt="" />
        <Text fw={650} fz="lg" lh={1}>Sluice</Text>
      </Group>
    </Link>
  );
}
