// Signs requests as AWS's clients do, and prints the Authorization of each. What is signed is what the request says is signed.
import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { input } from "./input.mjs";

class Sha256 {
  constructor(secret) { this.hash = secret ? createHmac("sha256", secret) : createHash("sha256"); }
  update(data) { this.hash.update(data); }
  async digest() { return new Uint8Array(this.hash.digest()); }
}

const signed = async ({ method, address, headers, body, service, region, credentials, time }) => {
  const url = new URL(address);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, uriEscapePath: service !== "s3", applyChecksum: service === "s3" });
  const request = {
    method, protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path: url.pathname, query: Object.fromEntries(url.searchParams), headers, body: Buffer.from(body, "base64"),
  };
  return (await signer.sign(request, { signingDate: new Date(time) })).headers.authorization;
};
console.log(JSON.stringify(await Promise.all(input.requests.map(signed))));
