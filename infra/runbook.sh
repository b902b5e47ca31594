# What the commands of docs/operations.md use. In the checkout from which the app was deployed, signed in (azd auth login, az login):
#   . infra/runbook.sh
# It holds an operator's key in this shell. KEY=… before it takes another one than the key "operators".
# shellcheck shell=sh
GROUP=$(azd env get-value AZURE_RESOURCE_GROUP)
NAME=$(azd env get-value AZURE_FUNCTION_NAME)
APP=$(azd env get-value SERVICE_API_URI)
: "${KEY:=$(az functionapp keys list --resource-group "$GROUP" --name "$NAME" --query functionKeys.operators --output tsv | tr -d '\r')}"
INSIGHTS=$(az resource list --resource-group "$GROUP" --resource-type Microsoft.Insights/components --query '[0].id' --output tsv |
  tr -d '\r')

# call <path below /api/> [<options of curl>]: one of the operators' functions.
call() {
  call_path=$1
  shift
  printf 'x-functions-key: %s\n' "$KEY" | curl -sS -H @- -H "Content-Type: application/json" "$@" "$APP/api/$call_path"
  echo
}

# logs <Kusto query> [<how far back>]: what Application Insights has kept.
logs() {
  az monitor app-insights query --apps "$INSIGHTS" --offset "${2:-6h}" --analytics-query "$1" --output table
}

# The commands of this repository, on what was deployed. They need roles on the queues and the container (docs/recovery.md).
ServiceBus__fullyQualifiedNamespace=$(azd env get-value AZURE_SERVICE_BUS_NAMESPACE)
Manifests__blobServiceUri=$(azd env get-value AZURE_MANIFESTS_BLOB_ENDPOINT)
# Empty where nothing is archived; an environment that was provisioned before there was an archive does not have it.
Archive__blobServiceUri=$(azd env get-value AZURE_ARCHIVE_BLOB_ENDPOINT 2>/dev/null) || Archive__blobServiceUri=
Archive__Enabled=$(azd env get-value ARCHIVE_RECORDINGS 2>/dev/null) || Archive__Enabled=false
Transcripts__Enabled=$(azd env get-value ARCHIVE_TRANSCRIPTS 2>/dev/null) || Transcripts__Enabled=false
RecordingQueue=recordings
export ServiceBus__fullyQualifiedNamespace Manifests__blobServiceUri
export Archive__blobServiceUri Archive__Enabled Transcripts__Enabled RecordingQueue
LocalHost() {
  dotnet run --project src/Local/LocalHost -- "$@"
}
