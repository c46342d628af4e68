import { Client } from "@elastic/elasticsearch";
import { input } from "./input.mjs";

const client = new Client({ node: input.address, auth: { apiKey: input.token }, maxRetries: 0 });
await client.helpers.bulk({
  datasource: input.events,
  retries: 0,
  onDocument: (event) => [{ create: { _id: `${event.tenant_id}:${event.id}` } }, { "@timestamp": event.timestamp, ...event }],
  index: input.index,
  pipeline: input.pipeline,
});
