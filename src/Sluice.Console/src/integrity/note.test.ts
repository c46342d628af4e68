import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { hex, isSigned, parseCheckpoint } from "./note";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const id = Buffer.from([0xe4, 0x3e, 0x45, 0x3f]);
const vkey = `sluice.local/x+${id.toString("hex")}+${Buffer.concat([Buffer.from([1]), raw]).toString("base64")}`;
const body = `sluice.local/x\n7\n${Buffer.alloc(32, 9).toString("base64")}\n`;
const signature = Buffer.concat([id, sign(null, Buffer.from(body), privateKey)]).toString("base64");
const note = `${body}\n\u2014 sluice.local/x ${signature}\n`;

test("a checkpoint says which log, how many events and what root", () => {
  const checkpoint = parseCheckpoint(note);
  expect([checkpoint.origin, checkpoint.size, hex(checkpoint.root)]).toEqual(["sluice.local/x", 7, "09".repeat(32)]);
});

test("a signature is good for what was signed, by whoever signed it", async () => {
  expect(await isSigned(parseCheckpoint(note), vkey)).toBe(true);
  expect(await isSigned(parseCheckpoint(note.replace("\n7\n", "\n8\n")), vkey)).toBe(false);
  expect(await isSigned(parseCheckpoint(note), vkey.replace("e43e453f", "00000000"))).toBe(false);
  const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  expect(await isSigned(parseCheckpoint(note), `sluice.local/x+${id.toString("hex")}+${Buffer.concat([Buffer.from([1]), other]).toString("base64")}`)).toBe(false);
});
