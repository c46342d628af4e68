import type { Provider } from "./fields";

/** What people must know of a kind before they set one up. The whole of it is at /docs/destinations. */
export interface KindText {
  name: string;
  for: string;
  /** Where the steps are done. */
  at: string;
  steps: string[];
  permissions: string;
  warnings: string[];
  endpoint?: string;
}

const machine = "An instance’s admin key: it reaches into the machine that Sluice runs on.";

export const kinds: Record<Provider, KindText> = {
  webhook: {
    name: "Webhook", for: "Anything that takes JSON over HTTP", at: "At the receiver", endpoint: "https://siem.example.com/audit",
    steps: ["Have a URL that takes POST and answers 2xx within 30 seconds, after it has stored the events.", "Choose a secret for both sides, such as the output of openssl rand -hex 32. The receiver checks X-Sluice-Signature with it."],
    permissions: "None at Sluice’s side.", warnings: ["Without a secret, requests are not signed: the receiver cannot tell who sent them.", "Events may arrive twice after a lost answer, with the same id and tenant."],
  },
  splunk: {
    name: "Splunk", for: "Splunk’s HTTP Event Collector", at: "In Splunk", endpoint: "https://splunk.example.com:8088",
    steps: ["Settings → Data inputs → HTTP Event Collector → Global Settings: All Tokens: Enabled.", "New Token: source type _json; allow the index that you want.", "The address is https://<host>:8088, in Splunk Cloud https://http-inputs-<stack>.splunkcloud.com:443."],
    permissions: "A token for the index, and nothing else.", warnings: ["A token with indexer acknowledgement refuses requests unless “acknowledge” is on.", "A self-signed certificate, Splunk’s default, goes into the CA certificate."],
  },
  datadog: {
    name: "Datadog", for: "Datadog’s logs", at: "In Datadog", endpoint: "https://http-intake.logs.datadoghq.com",
    steps: ["Organization Settings → API Keys → New Key.", "The address is https://http-intake.logs.<site>; the site is in your browser’s address bar, such as datadoghq.eu."],
    permissions: "An API key. No application key.", warnings: ["Datadog does not remove duplicates: group by event.integrity_hash.", "Events older than 18 hours are shown at their arrival."],
  },
  cloudwatch: {
    name: "AWS CloudWatch Logs", for: "A log stream in AWS", at: "In AWS", endpoint: "https://logs.eu-central-1.amazonaws.com",
    steps: ["Make the log group: aws logs create-log-group --log-group-name /audit/sluice.", "Make an IAM user with the permissions below on that log group, and an access key for it.", "The address is https://logs.<region>.amazonaws.com."],
    permissions: "logs:CreateLogStream and logs:PutLogEvents.", warnings: ["CloudWatch takes no events older than 14 days or than the group’s retention: begin at a time, not at the beginning."],
  },
  elastic: {
    name: "Elasticsearch", for: "Elasticsearch 8 or later, and OpenSearch", at: "In Elasticsearch", endpoint: "https://elastic.example.com:9200",
    steps: ["Make an API key with the privileges below on one index; the answer’s “encoded” is the token.", "Better than an index: a data stream that maps metadata and api_call.* as flattened.", "The certificate of a new installation (http_ca.crt) goes into the CA certificate."],
    permissions: "create_doc, and auto_configure if the index does not exist yet.", warnings: ["An event whose metadata has another type than the mapping is refused, and becomes a dead letter."],
  },
  http: {
    name: "HTTP, as GitLab streams", for: "Receivers of GitLab’s audit event streaming", at: "At the receiver", endpoint: "https://siem.example.com/gitlab",
    steps: ["Have a URL that takes POST and answers 2xx within 30 seconds.", "Check the header X-Gitlab-Event-Streaming-Token: this destination’s verification token, which you see when it is saved."],
    permissions: "None at Sluice’s side.", warnings: ["http:// is taken, but events and the token then travel in the clear. Use https:// if you can.", "The verification token can never be changed.", "The content type is application/x-www-form-urlencoded unless you change it, as GitLab’s, although the body is JSON."],
  },
  google_cloud_logging: {
    name: "Google Cloud Logging", for: "A log in Google Cloud", at: "In Google Cloud",
    steps: ["Enable the Cloud Logging API in the project.", "Create a service account and grant it the role Logs Writer.", "Create a JSON key for it: client_email and private_key are in that file."],
    permissions: "roles/logging.logWriter.", warnings: ["A log bucket that keeps less than 30 days drops older events without a word."],
  },
  otlp: {
    name: "OpenTelemetry", for: "The Collector, and backends that speak OTLP/HTTP", at: "At the receiver", endpoint: "https://collector.example.com:4318",
    steps: ["Give the Collector an otlp receiver with protocol http and max_request_body_size 20971520.", "A backend’s key goes into the headers."], permissions: "None at Sluice’s side.", warnings: [],
  },
  syslog: {
    name: "Syslog", for: "rsyslog, syslog-ng and others, RFC 5424 over TLS or TCP", at: "At the receiver", endpoint: "tls://logs.example.com:6514",
    steps: ["Listen with octet counting: imtcp in rsyslog, syslog(…) in syslog-ng.", "Raise the size of messages to 512 KB, for events can have 256 KB."],
    permissions: "None.", warnings: ["Syslog confirms nothing: an event counts as delivered when it was written to the connection.", "tcp:// is not encrypted."],
  },
  file: {
    name: "File", for: "A file in the data folder, put aside when it is full", at: "On this machine",
    steps: ["Choose a path below the folder “out” of the data folder."], permissions: machine, warnings: ["With several nodes the file is on whichever node runs the stream."],
  },
  s3: {
    name: "Amazon S3", for: "Objects in S3 and compatible servers", at: "In AWS", endpoint: "https://minio.example.com:9000",
    steps: ["Make a bucket; for evidence, with Object Lock.", "Make an IAM user with the permission below on it, and an access key."], permissions: "s3:PutObject on the bucket, and nothing else.", warnings: ["Leave the endpoint empty for Amazon’s own."],
  },
  gcs: {
    name: "Google Cloud Storage", for: "Objects as CockroachDB’s changefeeds write them", at: "In Google Cloud",
    steps: ["Make a bucket; for evidence, with a retention policy.", "Create a service account, with the permission below on the bucket.", "Create a key for it, as JSON: the whole file is the credentials.", "Or paste a changefeed’s statement; the rest is read from it."],
    permissions: "storage.objects.create.", warnings: ["Rows have no payload unless you list event types under “Payload for”."],
  },
  stdout: {
    name: "Standard output", for: "The server’s standard output, for containers", at: "On this machine",
    steps: ["Nothing is set up elsewhere: collect the server’s standard output. Its logs go to standard error."], permissions: machine, warnings: [],
  },
};

export const nameOf = (provider: string): string => kinds[provider as Provider]?.name ?? provider;

/** Of every kind (GL-10, ZA-34). */
export const personalData = "Events may hold personal data: names, e-mail addresses, IP addresses, and whatever your senders write. A destination receives all event data that its filter lets through.";
