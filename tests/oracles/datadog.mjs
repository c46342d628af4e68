import { client, v2 } from "@datadog/datadog-api-client";
import { input, milliseconds } from "./input.mjs";

const configuration = client.createConfiguration({
  authMethods: { apiKeyAuth: input.token },
  baseServer: new client.BaseServerConfiguration(input.address, {}),
  enableRetry: false,
});
await new v2.LogsApi(configuration).submitLog({
  contentEncoding: "gzip",
  body: input.events.map((event) => ({
    ddsource: "sluice",
    ddtags: input.tags,
    service: input.service,
    message: event.action,
    additionalProperties: { timestamp: milliseconds(event), event },
  })),
});
