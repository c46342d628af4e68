// A product that shows each of its customers their own audit log. Node 20, no packages:
//   SLUICE_URL=https://audit.example.com SLUICE_KEY=slc_live_… node server.mjs
import { createServer } from "node:http";

const { SLUICE_URL = "http://127.0.0.1:7600", SLUICE_KEY, PORT = "3000" } = process.env;

// Who is signed in, your product knows. Never take it from what the browser says.
const signedIn = () => ({ tenant: "acme", user: "ada@acme.example" });

async function viewerToken({ tenant, user }) {
  const answer = await fetch(`${SLUICE_URL}/v1/viewer-tokens`, {
    method: "POST",
    headers: { "X-API-Key": SLUICE_KEY, "Content-Type": "application/json" },
    body: JSON.stringify({ tenant_id: tenant, user, expires_in_seconds: 900 }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).token;
}

const page = (token) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Audit log</title>
<script src="${SLUICE_URL}/viewer.js"></script>
<sluice-viewer token="${token}" theme="auto" accent="#7048e8" style="height: 720px"></sluice-viewer>
<script>
  document.querySelector("sluice-viewer").addEventListener("sluice-viewer-token-needed", async ({ target }) => {
    const answer = await fetch("/viewer-token", { method: "POST" });
    if (answer.ok) target.token = await answer.text();
  });
</script>
</html>`;

createServer(async (request, response) => {
  try {
    const isRenewal = request.url === "/viewer-token" && request.method === "POST";
    const token = await viewerToken(signedIn());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Type", isRenewal ? "text/plain" : "text/html");
    response.end(isRenewal ? token : page(token));
  } catch (error) {
    console.error(error.message);
    response.writeHead(502).end("The audit log is not available now.");
  }
}).listen(Number(PORT), () => console.log(`http://localhost:${PORT}`));
