import splunk from "splunk-logging";
import { input, nanoseconds } from "./input.mjs";

const logger = new splunk.Logger({ token: input.token, url: input.address, maxBatchCount: input.events.length, maxRetries: 0 });
logger.eventFormatter = (event) => event;
await new Promise((resolve, reject) => {
  logger.error = reject;
  input.events.forEach((event, i) => logger.send(
    { message: event, metadata: { time: Number(nanoseconds(event.timestamp)) / 1e9, host: input.host, source: "sluice", sourcetype: input.sourcetype, index: input.index } },
    (error, _, body) => (error ? reject(error) : i === input.events.length - 1 && resolve(body)),
  ));
});
