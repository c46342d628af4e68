import httpx

resp = httpx.post(
    "https://api.truthlocks.com/v1/audit/siem",
    headers={"X-API-Key": "tl_live_..."},
    json={
        "provider": "splunk",
        "endpoint": "https://hec.splunk.example.com:8088/services/collector",
        "token": "your-hec-token",
        "enabled": True,
    },
)
dest = resp.json()
print(f"Destination {dest['id']}: {dest['status']}")
