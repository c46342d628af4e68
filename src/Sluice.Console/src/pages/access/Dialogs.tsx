import { useAccess, type Question } from "./access";
import { AccountDialog } from "./accounts/AccountDialog";
import { DeletionDialog } from "./accounts/DeletionDialog";
import { NewKeyDialog } from "./keys/NewKeyDialog";
import { RevocationDialog } from "./keys/RevocationDialog";
import { RotationDialog } from "./keys/RotationDialog";
import { ResetDialog } from "./tenants/ResetDialog";
import { TenantDialog } from "./tenants/TenantDialog";

export function Dialogs({ question }: { question: Question }) {
  const { ask } = useAccess();
  const onClose = () => ask(null);
  switch (question.about) {
    case "new key": return <NewKeyDialog {...question} onClose={onClose} />;
    case "rotation": return <RotationDialog of={question.key} onClose={onClose} />;
    case "revocation": return <RevocationDialog of={question.key} onClose={onClose} />;
    case "new account": return <AccountDialog onClose={onClose} />;
    case "account": return <AccountDialog of={question.account} onClose={onClose} />;
    case "deletion": return <DeletionDialog of={question.account} onClose={onClose} />;
    case "new tenant": return <TenantDialog parent={question.parent} onClose={onClose} />;
    case "tenant": return <TenantDialog of={question.tenant} onClose={onClose} />;
    case "reset": return <ResetDialog of={question.tenant} onClose={onClose} />;
  }
}
