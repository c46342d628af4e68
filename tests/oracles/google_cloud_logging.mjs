import { Logging } from "@google-cloud/logging";
import instrumentation from "@google-cloud/logging/build/src/utils/instrumentation.js";
import { OAuth2Client } from "google-auth-library";
import { input } from "./input.mjs";

const authClient = new OAuth2Client();
authClient.setCredentials({ access_token: input.token });
instrumentation.setInstrumentationStatus(true); // no entry about the client itself
const address = new URL(input.address);
const logging = new Logging({
  projectId: input.project, apiEndpoint: address.hostname, servicePath: address.hostname, port: Number(address.port), protocol: "http", fallback: true, authClient,
});
const log = logging.log(input.log, { partialSuccess: true });
await log.write(
  input.events.map((event) =>
    log.entry(
      {
        insertId: `${event.tenant_id}:${event.id}`,
        severity: event.outcome === "success" ? "NOTICE" : "WARNING",
        timestamp: event.timestamp,
        labels: { tenant_id: event.tenant_id },
      },
      event,
    ),
  ),
  { resource: { type: "global", labels: { project_id: input.project } } },
);
