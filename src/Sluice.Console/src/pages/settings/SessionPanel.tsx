import { useSession } from "../../app/session";
import { Facts } from "../../components/Facts";
import { Panel } from "../../components/Panel";
import { Time } from "../../components/Time";

/** Who one is here, and what one may do. */
export function SessionPanel() {
  const session = useSession();
  return (
    <Panel title="Your session">
      <Facts of={[
        ["Signed in as", session.name],
        ["Session", <span className="mono">{session.id}</span>],
        ["Role", session.role],
        ["For", session.tenant_id ?? "the whole instance"],
        ["May", session.permissions.map((permission) => permission.replace("_", " ")).join(", ")],
        ["Until", session.expires_at ? <Time at={session.expires_at} as="full" /> : "the key ends"],
      ]} />
    </Panel>
  );
}
