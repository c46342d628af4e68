// Use the standard net/http client or your preferred HTTP library
body := `{
  "provider": "splunk",
  "endpoint": "https://hec.splunk.example.com:8088/services/collector",
  "token": "your-hec-token",
  "enabled": true
}`
req, _ := http.NewRequest("POST", "https://api.truthlocks.com/v1/audit/siem",
    strings.NewReader(body))
req.Header.Set("X-API-Key", "tl_live_...")
req.Header.Set("Content-Type", "application/json")
resp, err := http.DefaultClient.Do(req)
