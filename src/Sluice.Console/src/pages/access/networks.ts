/** What somebody typed: one each line, or with commas or blanks between them. */
export const entriesOf = (text: string): string[] => text.split(/[\s,;]+/).filter((entry) => entry !== "");

export const mostNetworks = 100;

/** Why the networks cannot be taken, naming the first that is wrong; null when they can. */
export function networksFault(text: string): string | null {
  const entries = entriesOf(text);
  if (entries.length > mostNetworks) return `These are ${entries.length} entries; at most ${mostNetworks} are possible.`;
  const wrong = entries.find((entry) => entryFault(entry) !== null);
  return wrong === undefined ? null : entryFault(wrong);
}

/** Why it is neither an address nor a CIDR block; null for one that is. */
export function entryFault(entry: string): string | null {
  const [address = "", length, ...more] = entry.split("/");
  const bits = addressBits(address);
  if (bits === null) return `“${entry}” does not begin with an IPv4 or IPv6 address, such as 203.0.113.7 or 2001:db8::1.`;
  if (length === undefined) return null;
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits.length || more.length > 0)
    return `“${entry}”: after the slash of an ${bits.length === 32 ? "IPv4" : "IPv6"} block comes a number from 0 to ${bits.length}.`;
  const host = bits.slice(Number(length));
  if (!host.includes("1")) return null;
  return `“${entry}” names one address inside a block. The block is ${blockText(bits.slice(0, Number(length)).padEnd(bits.length, "0"))}/${length}, the address alone ${address}.`;
}

/** As zeros and ones, 32 or 128 of them; null for what is no address. */
function addressBits(text: string): string | null {
  if (text.includes(":")) return v6Bits(text);
  const parts = text.split(".");
  const isRight = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return isRight ? parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("") : null;
}

function v6Bits(text: string): string | null {
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return null;
  const [head = "", tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  const groups = (part: string | undefined) => (part ? part.split(":") : []);
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}

function blockText(bits: string): string {
  const parts = (size: number) => Array.from({ length: bits.length / size }, (_, at) => Number.parseInt(bits.slice(at * size, (at + 1) * size), 2));
  if (bits.length === 32) return parts(8).join(".");
  return new URL(`http://[${parts(16).map((group) => group.toString(16)).join(":")}]/`).hostname.slice(1, -1);
}
