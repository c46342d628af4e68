import { address } from "../../api/client";

/** One line for a shell, with the reader's key in $SLUICE_KEY. */
export function curl(server: string, path: string, query: Record<string, string | number | undefined> = {}): string {
  return `curl -fsS -H "X-API-Key: $SLUICE_KEY" ${shellQuoted(server + address(path, { query }))}`;
}

const shellQuoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;
