/** A checkpoint's text: a C2SP signed note whose first lines are the log's name, its size and its root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array<ArrayBuffer>;
  /** What is signed. */
  body: string;
  signatures: { name: string; bytes: Uint8Array<ArrayBuffer> }[];
}

const dash = "\u2014 ";

export function parseCheckpoint(note: string): Checkpoint {
  const end = note.indexOf("\n\n");
  const body = note.slice(0, end + 1);
  const [origin = "", size = "", root = ""] = body.split("\n");
  const lines = note.slice(end + 2).split("\n").filter((line) => line.startsWith(dash));
  const signatures = lines.map((line) => line.slice(dash.length).split(" ")).map(([name = "", text = ""]) => ({ name, bytes: fromBase64(text) }));
  return { origin, size: Number(size), root: fromBase64(root), body, signatures };
}

/** Whether the key's owner signed it; null when this browser cannot tell, as without https. */
export async function isSigned(checkpoint: Checkpoint, vkey: string): Promise<boolean | null> {
  const [name = "", id = "", encoded = ""] = splitKey(vkey);
  const key = fromBase64(encoded);
  const signature = checkpoint.signatures.find((one) => one.name === name && hex(one.bytes.slice(0, 4)) === id);
  if (!signature || key[0] !== 1) return false;
  if (!globalThis.crypto?.subtle) return null;
  try {
    const imported = await crypto.subtle.importKey("raw", key.slice(1), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature.bytes.slice(4), new TextEncoder().encode(checkpoint.body));
  } catch {
    return null;
  }
}

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A name, four bytes in hex, a key in base64, which may hold plus signs too. */
function splitKey(vkey: string): string[] {
  const first = vkey.indexOf("+");
  return [vkey.slice(0, first), vkey.slice(first + 1, first + 9), vkey.slice(first + 10)];
}
