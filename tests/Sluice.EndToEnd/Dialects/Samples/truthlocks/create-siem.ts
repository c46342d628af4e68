const destination = await fetch("https://api.truthlocks.com/v1/audit/siem", {
  method: "POST",
  headers: {
    "X-API-Key": "tl_live_...",
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    provider: "splunk",
    endpoint: "https://hec.splunk.example.com:8088/services/collector",
    token: "your-hec-token",
    enabled: true,
  }),
});
const { id, status } = await destination.json();
console.log(`Destination ${id}: ${status}`);
