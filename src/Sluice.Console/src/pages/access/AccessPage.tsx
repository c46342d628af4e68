import { Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useMay, useSession } from "../../app/session";
import { useShortcuts } from "../../app/shortcuts";
import { Page } from "../../components/Page";
import { Loaded } from "../../components/Panel";
import { AccessContext, type Access, type Question } from "./access";
import { AccessTabs } from "./AccessTabs";
import { Dialogs } from "./Dialogs";
import { Drawers } from "./Drawers";
import { useAccessData, type AccessData } from "./queries";
import { useView } from "./useView";
import type { Tab } from "./view";

/** Who may come in: keys, machine accounts, tenants, and what roles may. */
export default function AccessPage() {
  const query = useAccessData();
  const [view, show] = useView();
  const [question, ask] = useState<Question | null>(null);
  const mayChange = useMay("manage_access");
  const making = mayChange ? makingOf[view.tab] : undefined;
  useShortcuts(useMemo(() => (making && !question ? { "+": () => ask(making.question) } : {}) as Record<string, () => void>, [making, question]));
  const tools = making ? <Button leftSection={<IconPlus size={15} />} onClick={() => ask(making.question)}>{making.words}</Button> : !mayChange && <OnlyLooking />;
  return (
    <Page title="Access" tools={tools}>
      <Loaded query={query} height={420}>
        {(data) => (
          <AccessContext value={accessOf(data, { view, show, ask, mayChange, isAsking: question !== null })}>
            <AccessTabs />
            <Drawers />
            {question && <Dialogs question={question} />}
          </AccessContext>
        )}
      </Loaded>
    </Page>
  );
}

const makingOf: Partial<Record<Tab, { words: string; question: Question }>> = {
  keys: { words: "New key", question: { about: "new key" } },
  accounts: { words: "New machine account", question: { about: "new account" } },
  tenants: { words: "New tenant", question: { about: "new tenant" } },
};

function accessOf(data: AccessData, more: Pick<Access, "view" | "show" | "ask" | "mayChange" | "isAsking">): Access {
  return { ...data, ...more, testTenants: data.tenants ? new Set(data.tenants.filter(({ test }) => test).map(({ id }) => id)) : undefined };
}

function OnlyLooking() {
  const { role } = useSession();
  return <Text fz="xs" c="dimmed">You see this as {role}. To change it takes a key of role admin.</Text>;
}
