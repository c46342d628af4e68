curl --request POST \
  --url $ZITADEL_URL/admin/v1/events/_search \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json' \
  --data '{
	"asc": true,
	"limit": 1000,
	"event_types": [
		"user.token.added",
		"user.refresh.token.added"
	]
}'
