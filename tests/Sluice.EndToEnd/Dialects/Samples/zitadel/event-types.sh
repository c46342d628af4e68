curl --request POST \
  --url $ZITADEL_URL/admin/v1/events/types/_search \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Content-Type: application/json'
