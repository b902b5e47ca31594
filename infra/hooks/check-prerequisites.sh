#!/usr/bin/env sh
# Says what is missing before anything is made, rather than half-way through. azd runs it once subscription and region are known.
set -eu

missing=0
complain() {
  echo "  - $1" >&2
  missing=1
}

if ! command -v dotnet >/dev/null 2>&1; then
  complain "The .NET 10 SDK: https://dotnet.microsoft.com/download"
elif ! dotnet --list-sdks | grep -q '^10\.'; then
  complain "The .NET 10 SDK. Installed is only: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
fi

# What Azure would refuse, or the app.
case "${DINGTALK_BASE_ADDRESS:-https://}" in
  https://*) ;;
  *) complain "An address that begins with https://: azd env set DINGTALK_BASE_ADDRESS https://api.dingtalk.io/" ;;
esac
if [ "${UPDATE_STRATEGY:-Recreate}" = RollingUpdate ] && [ "${ALWAYS_READY_INSTANCES:-1}" -lt 2 ]; then
  complain "Two always-ready instances for rolling updates: azd env set ALWAYS_READY_INSTANCES 2"
fi
if [ "${NAT_GATEWAY:-false}" = true ] && [ "${VNET_ENABLED:-false}" != true ]; then
  complain "A network for the NAT gateway: azd env set VNET_ENABLED true"
fi
if [ "${ARCHIVE_IMMUTABLE_DAYS:-0}" -gt 0 ] && [ "${ARCHIVE_TRANSCRIPTS:-false}" = true ]; then
  complain "Transcripts that can be rewritten, for DingTalk corrects them: azd env set ARCHIVE_IMMUTABLE_DAYS 0"
fi
if [ "${MONTHLY_BUDGET:-0}" -gt 0 ]; then
  case "${BUDGET_START:-}" in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-01) ;;
    *) complain "The first day of this month for the budget: azd env set BUDGET_START $(date +%Y-%m)-01" ;;
  esac
fi

# count <path below the subscription> <query that gives a number>
count() {
  az rest --method get --url "/subscriptions/$AZURE_SUBSCRIPTION_ID/$1" --query "$2" --output tsv 2>/dev/null | tr -d '\r'
}

if ! command -v az >/dev/null 2>&1; then
  complain "The Azure CLI, which stores the DingTalk secrets: https://aka.ms/azure-cli"
elif ! az account show --output none >/dev/null 2>&1; then
  complain "A sign-in of the Azure CLI: az login"
else
  signed_in=$(az account show --query id --output tsv | tr -d '\r')
  if [ -n "${AZURE_SUBSCRIPTION_ID:-}" ] && [ "$signed_in" != "$AZURE_SUBSCRIPTION_ID" ]; then
    complain "The Azure CLI on the same subscription as azd: az account set --subscription $AZURE_SUBSCRIPTION_ID"
  fi
  if [ -n "${AZURE_LOCATION:-}" ] && locations=$(az functionapp list-flexconsumption-locations --query '[].name' --output tsv 2>/dev/null) && [ -n "$locations" ]; then
    if ! printf '%s\n' "$locations" | tr -d ' \r' | tr '[:upper:]' '[:lower:]' | grep -qx "$AZURE_LOCATION"; then
      complain "A region with the Flex Consumption plan; $AZURE_LOCATION has none. az functionapp list-flexconsumption-locations lists them; then: azd env set AZURE_LOCATION <region>"
    fi
  fi
  if [ -n "${AZURE_SUBSCRIPTION_ID:-}" ]; then
    # The rights of whoever is signed in; where Azure does not tell them, the deployment will.
    rights='providers/Microsoft.Authorization/permissions?api-version=2022-04-01'
    if [ "$(count "$rights" "length(value[?contains(actions, '*')])")" = 0 ]; then
      complain "The right to make resources in subscription $AZURE_SUBSCRIPTION_ID: the role Contributor or Owner"
    fi
    if [ "$(count "$rights" "length(value[?(contains(actions, '*') && !contains(notActions, 'Microsoft.Authorization/*/Write')) || contains(actions, 'Microsoft.Authorization/roleAssignments/write') || contains(actions, 'Microsoft.Authorization/*')])")" = 0 ]; then
      complain "The right to assign roles in subscription $AZURE_SUBSCRIPTION_ID: Owner, or Role Based Access Control Administrator beside Contributor"
    fi
    if [ "${VNET_ENABLED:-false}" = true ] && [ "$(count "providers/Microsoft.App?api-version=2021-04-01" "length([@][?registrationState=='Registered'])")" = 0 ]; then
      complain "The provider of the app's network: az provider register --namespace Microsoft.App --wait"
    fi
  fi
fi

if [ "$missing" -ne 0 ]; then
  echo "azd needs what is listed above." >&2
  exit 1
fi

echo "All that azd needs is here."
