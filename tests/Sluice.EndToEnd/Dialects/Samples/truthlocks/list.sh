curl https://api.truthlocks.com/v1/audit/siem \
  -H "X-API-Key: tl_live_..."
