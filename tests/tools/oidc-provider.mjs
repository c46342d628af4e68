// An OpenID Connect provider in which anybody of the list below may say who they are: oidc-provider.mjs PORT REDIRECT_URI
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const scopes = "openid profile email groups";
const users = {
  ada: { name: "Ada Okafor", email: "ada@example.com", groups: ["everybody", "audit-admins"] },
  rob: { name: "Rob Reader", email: "rob@example.com", groups: ["everybody", "audit-readers"] },
  eve: { name: "Eve <Outside>", email: "eve@example.com", groups: ["everybody"] },
};

const provider = new Provider(issuer, {
  clients: [{ client_id: "sluice", client_secret: "a secret of the client's/+", redirect_uris: [redirect], response_types: ["code"], grant_types: ["authorization_code"] }],
  claims: { openid: ["sub"], profile: ["name"], email: ["email"], groups: ["groups"] },
  scopes: scopes.split(" "),
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...users[id] }) }),
  async loadExistingGrant(context) {
    const { client, session } = context.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(scopes);
    await grant.save();
    return grant;
  },
});

const form = `<!doctype html><html lang="en"><title>Who are you?</title><form method="post">${Object.keys(users).map((id) => `<button name="user" value="${id}">${id}</button>`).join("")}</form></html>`;

async function ask(request, response) {
  if (request.method === "GET") return response.setHeader("Content-Type", "text/html").end(form);
  let body = "";
  for await (const part of request) body += part;
  await provider.interactionFinished(request, response, { login: { accountId: new URLSearchParams(body).get("user") } });
}

const others = provider.callback();
createServer((request, response) => (request.url.startsWith("/who/") ? ask(request, response) : others(request, response))).listen(Number(port), "127.0.0.1", () => console.log("ready"));
