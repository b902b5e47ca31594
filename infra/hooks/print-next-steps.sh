#!/usr/bin/env sh
# Makes the keys, then says what is left to do by hand, with the values to paste.
set -eu

: "${DINGTALK_CALLBACK_URL:?is missing: run this through azd (azd hooks run postdeploy)}"
sh "$(dirname "$0")/issue-keys.sh"
cat <<EOF

Deployed. What is left, in DingTalk's console (docs/dingtalk-console.md has every step):

  1. Event Subscription, HTTP push, request URL:   $DINGTALK_CALLBACK_URL
     with the same token and AES key that you entered here. Saving it sends a first push, which must succeed.
     To see it again: azd env get-value DINGTALK_CALLBACK_URL
  2. Save, then tick and save again:   meeting_status_change, flash_minutes_open_event
  3. Permission Management:            VideoConference.Conference.Read

Hold a short recorded meeting. Its manifest appears in
  ${AZURE_MANIFESTS_BLOB_ENDPOINT:-}manifests/

Other systems report a meeting's end to
  ${SERVICE_API_URI:-}/api/meetings/ended
with a key that is shown by
  az functionapp function keys list --resource-group ${AZURE_RESOURCE_GROUP:-} --name ${AZURE_FUNCTION_NAME:-} --function-name MeetingsEnded --query senders --output tsv

Operators' key:
  az functionapp keys list --resource-group ${AZURE_RESOURCE_GROUP:-} --name ${AZURE_FUNCTION_NAME:-} --query functionKeys.operators --output tsv

EOF
