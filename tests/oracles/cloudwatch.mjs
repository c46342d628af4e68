import { CloudWatchLogsClient, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { input } from "./input.mjs";

const client = new CloudWatchLogsClient({ endpoint: input.address, region: input.region, credentials: input.credentials, maxAttempts: 1 });
await client.send(new PutLogEventsCommand({
  logGroupName: input.group,
  logStreamName: input.stream,
  logEvents: input.events.map((message) => ({ timestamp: Date.parse(JSON.parse(message).timestamp), message })),
}));
