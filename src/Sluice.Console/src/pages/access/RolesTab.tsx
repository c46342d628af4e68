import { Table, Text, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Facts } from "../../components/Facts";
import type { Permission, Role } from "../../api/types";
import classes from "./RolesTab.module.css";
import { permissionsOf, permissionWords, roles, roleSentence } from "./roles";

/** What each role may. */
export function RolesTab() {
  return (
    <div className={classes.body}>
      <Facts of={roles.map((role) => [role, roleSentence[role]])} />
      <Table className={classes.table} aria-label="What roles may">
        <Table.Thead><Table.Tr><Table.Th scope="col">May</Table.Th>{roles.map((role) => <Table.Th key={role} scope="col" ta="center">{role}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {(Object.keys(permissionWords) as Permission[]).map((permission) => (
            <Table.Tr key={permission}>
              <Table.Th scope="row" fw={400}>{permissionWords[permission]}</Table.Th>
              {roles.map((role) => <Table.Td key={role} ta="center"><Mark role={role} permission={permission} /></Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text fz="xs" c="dimmed">A tenant’s key may the same, of its own tenant only. Destinations that write on the server itself are for an instance’s admins.</Text>
    </div>
  );
}

function Mark({ role, permission }: { role: Role; permission: Permission }) {
  if (!permissionsOf[role].includes(permission)) return <VisuallyHidden>no</VisuallyHidden>;
  return <><IconCheck size={16} className="good" aria-hidden /><VisuallyHidden>yes</VisuallyHidden></>;
}
