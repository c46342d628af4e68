import { SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { input, nanoseconds } from "./input.mjs";

const hrTime = (time) => [Number(nanoseconds(time) / 1_000_000_000n), Number(nanoseconds(time) % 1_000_000_000n)];
const records = [];
const exporter = new OTLPLogExporter({ url: `${input.address}/v1/logs`, headers: { "Api-Key": input.token } });
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ "service.name": "sluice" }),
  processors: [new SimpleLogRecordProcessor({ exporter: { export: (batch, done) => { records.push(...batch); done({ code: 0 }); }, shutdown: async () => {} } })],
});
const logger = provider.getLogger("sluice.audit");
for (const message of input.events) {
  const event = JSON.parse(message);
  const isSuccess = event.outcome === "success";
  logger.emit({
    timestamp: hrTime(event.timestamp),
    observedTimestamp: hrTime(event.persisted_at),
    severityNumber: isSuccess ? SeverityNumber.INFO : SeverityNumber.WARN,
    severityText: isSuccess ? "INFO" : "WARN",
    eventName: event.action,
    body: message,
    attributes: { "event.id": event.id, "tenant.id": event.tenant_id, "sluice.sequence": event.sequence },
  });
}
await provider.forceFlush();
await new Promise((resolve, reject) => exporter.export(records, (result) => (result.code === 0 ? resolve() : reject(result.error))));
