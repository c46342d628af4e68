import type { LedgerName } from "../../api/types";

/** One line for a shell, with the reader's key in $SLUICE_KEY. */
export function verifyCommand(server: string, ledger: LedgerName, vkey: string): string {
  const tenant = ledger === "main" ? "" : `&tenant_id=${ledger}`;
  return `curl -fsS -H "X-API-Key: $SLUICE_KEY" '${server}/v1/audit/export?proofs=true${tenant}' | sluice verify - --vkey '${vkey}'`;
}
