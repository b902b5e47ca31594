#!/usr/bin/env sh
# Makes the keys that people and systems are given, each with a name so that it can be taken back alone:
#   OPERATOR_KEYS      (operators)  opens every function that asks for a key; host keys
#   NOTIFICATION_KEYS  (senders)    opens the address for plain notifications and nothing else; function keys
# A key that is there stays, unless RENEW_KEYS names it. No key is on a command line, in a file or on the screen.
set -eu

: "${AZURE_FUNCTION_ID:?is missing: run this through azd (azd hooks run postdeploy)}"
api_version=2025-03-01

knows_its_functions() {
  az rest --method get --url "$AZURE_FUNCTION_ID/functions?api-version=$api_version" --query 'value[].name' --output tsv 2>/dev/null |
    tr -d '\r' | grep -q '/FetchRecordings$'
}

# Azure learns the functions from the app as it starts. A start that failed can leave it without them until it is told to look again.
wait_for_functions() {
  try=0
  while ! knows_its_functions; do
    try=$((try + 1))
    if [ "$try" -gt 20 ]; then
      return 1
    fi
    if [ "$try" -eq 10 ]; then
      az rest --method post --url "$AZURE_FUNCTION_ID/syncfunctiontriggers?api-version=$api_version" --output none >/dev/null 2>&1 || true
    fi
    sleep "${KEY_WAIT_SECONDS:-10}"
  done
}

# has <path to listkeys> <query that gives true or false>
has() {
  [ "$(az rest --method post --url "$AZURE_FUNCTION_ID/$1?api-version=$api_version" --query "$2" --output tsv | tr -d '\r')" = true ]
}

# put <path of the key> <name> <value>
put() {
  printf '{"properties":{"name":"%s","value":"%s"}}' "$2" "$3" |
    az rest --method put --url "$AZURE_FUNCTION_ID/$1?api-version=$api_version" --body @/dev/stdin --output none
}

make() {
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
}

is_renewed() {
  case " ${RENEW_KEYS:-} " in *" $1 "*) return 0 ;; esac
  return 1
}

check_name() {
  case "$1" in
    default | _master | *[!A-Za-z0-9-]* | '')
      echo "'$1' is no name for a key: expected letters, digits and -, and not default." >&2
      exit 1
      ;;
  esac
}

for name in ${OPERATOR_KEYS:-operators} ${NOTIFICATION_KEYS:-senders}; do
  check_name "$name"
done

if ! wait_for_functions; then
  echo "The app does not tell its functions: it does not start. Are its secrets there (azd hooks run postprovision)? Keys are made by: azd hooks run postdeploy" >&2
  exit 0
fi

for name in ${OPERATOR_KEYS:-operators}; do
  if ! is_renewed "$name" && has host/default/listkeys "contains(keys(functionKeys), '$name')"; then
    echo "The operators' key '$name' is there already."
  else
    put "host/default/functionKeys/$name" "$name" "$(make)"
    echo "The operators' key '$name' is made."
  fi
done

for name in ${NOTIFICATION_KEYS:-senders}; do
  if ! is_renewed "$name" && has functions/MeetingsEnded/listkeys "contains(keys(@), '$name')"; then
    echo "The senders' key '$name' is there already."
  else
    # Two functions answer at this address; a sender that shakes hands first calls both.
    value=$(make)
    put "functions/MeetingsEnded/keys/$name" "$name" "$value"
    put "functions/WebhookHandshake/keys/$name" "$name" "$value"
    echo "The senders' key '$name' is made."
  fi
done
