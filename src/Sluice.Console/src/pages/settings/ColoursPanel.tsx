import { SegmentedControl, Text, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { Panel } from "../../components/Panel";

export function ColoursPanel() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title="Colours">
      <SegmentedControl
        size="xs" aria-label="Colours" value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        data={[{ value: "light", label: "Light" }, { value: "dark", label: "Dark" }, { value: "auto", label: "As the system" }]}
      />
      <Text fz="xs" c="dimmed" mt={6}>This browser remembers it.</Text>
    </Panel>
  );
}
