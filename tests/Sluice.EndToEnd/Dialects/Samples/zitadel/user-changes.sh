curl --request POST \
  --url $ZITADEL_URL/admin/v1/events/_search \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json' \
  --data '{
	"asc": false,
	"limit": 1000,
	"creation_date": "2023-02-01T10:00:00.000000Z",
	"aggregate_types": [
		"user"
	]
}'
