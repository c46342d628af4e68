import { ActionIcon, Button, Group, Menu, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconKey, IconKeyboard, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { Time } from "../components/Time";
import { useSession, useSignOut } from "./session";

export function HeaderTools({ showHelp }: { showHelp: () => void }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label="Shortcuts (?)">
        <ActionIcon variant="subtle" color="gray" c="dimmed" onClick={showHelp} aria-label="Shortcuts" visibleFrom="sm"><IconKeyboard size={18} stroke={1.7} /></ActionIcon>
      </Tooltip>
      <ThemeMenu />
      <SessionMenu />
    </Group>
  );
}

function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  const choices = [["light", "Light", IconSun], ["dark", "Dark", IconMoon], ["auto", "As the system", IconDeviceDesktop]] as const;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label="Colours">{isDark ? <IconMoon size={18} stroke={1.7} /> : <IconSun size={18} stroke={1.7} />}</ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(([value, label, Icon]) => (
          <Menu.Item key={value} leftSection={<Icon size={16} />} onClick={() => setColorScheme(value)} fw={colorScheme === value ? 600 : 400} aria-current={colorScheme === value}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SessionMenu() {
  const session = useSession();
  const signOut = useSignOut();
  const scope = session.tenant_id ?? "whole instance";
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="subtle" color="gray" c="var(--mantine-color-text)" leftSection={<IconKey size={16} stroke={1.7} />} maw={{ base: 170, sm: 300 }} fw={500}>
          <Text span truncate fz="sm">{session.name}</Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fz="sm" c="var(--mantine-color-text)">{session.role} · {scope}</Text>
          {session.expires_at && <Text fz="xs">Signed in until <Time at={session.expires_at} /></Text>}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
