#!/usr/bin/env sh
# Puts the secrets into Key Vault. A value comes from the environment (DINGTALK_APP_KEY and so on) or is asked for;
# one that is there already stays, unless DINGTALK_RESEED=true. It never appears on a command line, in a file or on the screen.
set -eu

: "${AZURE_KEY_VAULT_ID:?is missing: run this through azd (azd hooks run postprovision)}"
api_version=2026-02-01
changed=0
absent=0

exists() {
  az rest --method get --url "$AZURE_KEY_VAULT_ID/secrets/$1?api-version=$api_version" --output none >/dev/null 2>&1
}

# Through Azure Resource Manager rather than the vault's own address: that also works where the vault has only a private one,
# and needs no data role for whoever deploys.
store() {
  printf '{"properties":{"value":"%s"}}' "$2" |
    az rest --method put --url "$AZURE_KEY_VAULT_ID/secrets/$1?api-version=$api_version" --body @/dev/stdin --output none
}

ask() {
  printf '%s: ' "$1" >&2
  stty -echo
  trap 'stty echo' EXIT
  trap 'stty echo; exit 130' INT TERM
  IFS= read -r answer || answer=''
  stty echo
  trap - EXIT INT TERM
  printf '\n' >&2
}

# seed <secret> <value from the environment> <what it is> <its grammar> <the grammar in words>
seed() {
  if [ "${DINGTALK_RESEED:-false}" != true ] && exists "$1"; then
    echo "$1 is in the vault already."
    return
  fi

  answer=$2
  if [ -z "$answer" ] && [ -t 0 ]; then
    ask "$3"
  fi

  if [ -z "$answer" ]; then
    echo "$1 has no value yet ($3)." >&2
    absent=1
    return
  fi

  if ! printf '%s' "$answer" | grep -Eqx "$4"; then
    echo "$1 is not stored: expected $5." >&2
    exit 1
  fi

  store "$1" "$answer"
  changed=1
  echo "$1 is stored."
}

if [ "${DINGTALK_APP_KIND:-internal}" = thirdParty ]; then
  seed dingtalk-suite-key "${DINGTALK_SUITE_KEY:-}" \
    "SuiteKey of the third-party app" '[A-Za-z0-9_-]{1,128}' "letters, digits, - and _"
  seed dingtalk-suite-secret "${DINGTALK_SUITE_SECRET:-}" \
    "SuiteSecret of the third-party app" '[A-Za-z0-9_-]{1,256}' "letters, digits, - and _"
else
  seed dingtalk-app-key "${DINGTALK_APP_KEY:-}" \
    "Client ID (AppKey) of the DingTalk app" '[A-Za-z0-9_-]{1,128}' "letters, digits, - and _"
  seed dingtalk-app-secret "${DINGTALK_APP_SECRET:-}" \
    "Client Secret (AppSecret) of the DingTalk app" '[A-Za-z0-9_-]{1,256}' "letters, digits, - and _"
fi

# New and old with a comma between, while they are rotated.
seed dingtalk-callback-token "${DINGTALK_CALLBACK_TOKEN:-}" \
  "Token of the event subscription" '([A-Za-z0-9]{3,64},)*[A-Za-z0-9]{3,64}' "3 to 64 letters and digits"
seed dingtalk-encoding-aes-key "${DINGTALK_ENCODING_AES_KEY:-}" \
  "AES key of the event subscription" '([A-Za-z0-9]{43},)*[A-Za-z0-9]{43}' "43 letters and digits"
if [ "${SIGNED_NOTIFICATIONS:-false}" = true ]; then
  seed meetings-ended-webhook-secret "${MEETINGS_ENDED_WEBHOOK_SECRET:-}" \
    "Secret that plain notifications are signed with" '(whsec_[A-Za-z0-9+/=]{32,88},)*whsec_[A-Za-z0-9+/=]{32,88}' "whsec_ and the base64 of 24 to 64 bytes"
fi

if [ "$changed" -ne 0 ] && [ -n "${AZURE_FUNCTION_ID:-}" ]; then
  # Otherwise the app would see them within a day.
  az rest --method post --url "$AZURE_FUNCTION_ID/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none ||
    echo "The app could not be told; it reads the new secrets within a day, or once this hook is run again with DINGTALK_RESEED=true." >&2
fi

if [ "$absent" -ne 0 ]; then
  echo "The app does not start without its secrets. To enter them: azd hooks run postprovision" >&2
fi
