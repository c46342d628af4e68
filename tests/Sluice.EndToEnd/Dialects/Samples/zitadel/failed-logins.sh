curl --request POST \
  --url $ZITADEL_URL/admin/v1/events/_search \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json' \
  --data '{
	"asc": true,
	"limit": 1000,
	"event_types": [
		"user.human.password.check.failed",
		"user.mfa.otp.check.failed",
		"user.human.mfa.u2f.token.check.failed",
		"user.human.passwordless.token.check.failed"
	]
}'
