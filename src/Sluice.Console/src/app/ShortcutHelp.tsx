import { Group, Modal, Table } from "@mantine/core";
import type { Page } from "./pages";
import { shortcuts } from "./shortcuts";

export function ShortcutHelp({ opened, onClose, pages }: { opened: boolean; onClose: () => void; pages: Page[] }) {
  const rows = [...shortcuts, ...pages.map((page) => ({ keys: ["g", page.key], does: `Go to ${page.title}` }))];
  return (
    <Modal opened={opened} onClose={onClose} title="Shortcuts" size="sm">
      <Table withRowBorders={false}>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.does}>
              <Table.Td w={110}><Group gap={4}>{row.keys.map((key) => <kbd key={key}>{key}</kbd>)}</Group></Table.Td>
              <Table.Td>{row.does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
