#!/usr/bin/env sh
# Says what is missing before anything is made, rather than half-way through.
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
fi

if [ "$missing" -ne 0 ]; then
  echo "azd up needs what is listed above." >&2
  exit 1
fi

echo "All that azd up needs is here."
