curl --request POST \
  --url $ZITADEL_URL/admin/v1/events/_search \
  --header "Authorization: Bearer $TOKEN"
