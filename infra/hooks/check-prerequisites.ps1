# Says what is missing before anything is made, rather than half-way through. azd runs it once subscription and region are known.
$ErrorActionPreference = 'Stop'
$missing = [System.Collections.Generic.List[string]]::new()

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    $missing.Add('The .NET 10 SDK: https://dotnet.microsoft.com/download')
}
elseif (-not (dotnet --list-sdks | Where-Object { $_ -match '^10\.' })) {
    $missing.Add("The .NET 10 SDK. Installed is only: $(dotnet --list-sdks | ForEach-Object { ($_ -split ' ')[0] })")
}

# What Azure would refuse, or the app.
if ($env:DINGTALK_BASE_ADDRESS -and -not $env:DINGTALK_BASE_ADDRESS.StartsWith('https://')) {
    $missing.Add('An address that begins with https://: azd env set DINGTALK_BASE_ADDRESS https://api.dingtalk.io/')
}
if ($env:UPDATE_STRATEGY -eq 'RollingUpdate' -and [int]($env:ALWAYS_READY_INSTANCES ?? '1') -lt 2) {
    $missing.Add('Two always-ready instances for rolling updates: azd env set ALWAYS_READY_INSTANCES 2')
}
if ($env:NAT_GATEWAY -eq 'true' -and $env:VNET_ENABLED -ne 'true') {
    $missing.Add('A network for the NAT gateway: azd env set VNET_ENABLED true')
}
if ([int]($env:ARCHIVE_IMMUTABLE_DAYS ?? '0') -gt 0 -and $env:ARCHIVE_TRANSCRIPTS -eq 'true') {
    $missing.Add('Transcripts that can be rewritten, for DingTalk corrects them: azd env set ARCHIVE_IMMUTABLE_DAYS 0')
}
if ([int]($env:MONTHLY_BUDGET ?? '0') -gt 0 -and $env:BUDGET_START -notmatch '^\d{4}-\d{2}-01$') {
    $missing.Add("The first day of this month for the budget: azd env set BUDGET_START $(Get-Date -Format 'yyyy-MM')-01")
}

function Get-Count([string] $Path, [string] $Query) {
    az rest --method get --url "/subscriptions/$env:AZURE_SUBSCRIPTION_ID/$Path" --query $Query --output tsv 2>$null
}

if (-not (Get-Command az -ErrorAction SilentlyContinue)) {
    $missing.Add('The Azure CLI, which stores the DingTalk secrets: https://aka.ms/azure-cli')
}
else {
    $signedIn = az account show --query id --output tsv 2>$null
    if ($LASTEXITCODE -ne 0) {
        $missing.Add('A sign-in of the Azure CLI: az login')
    }
    else {
        if ($env:AZURE_SUBSCRIPTION_ID -and $signedIn -ne $env:AZURE_SUBSCRIPTION_ID) {
            $missing.Add("The Azure CLI on the same subscription as azd: az account set --subscription $env:AZURE_SUBSCRIPTION_ID")
        }

        if ($env:AZURE_LOCATION) {
            $locations = az functionapp list-flexconsumption-locations --query '[].name' --output tsv 2>$null |
                ForEach-Object { ($_ -replace ' ', '').ToLowerInvariant() }
            if ($locations -and $locations -notcontains $env:AZURE_LOCATION) {
                $missing.Add("A region with the Flex Consumption plan; $env:AZURE_LOCATION has none. az functionapp list-flexconsumption-locations lists them; then: azd env set AZURE_LOCATION <region>")
            }
        }

        if ($env:AZURE_SUBSCRIPTION_ID) {
            # The rights of whoever is signed in; where Azure does not tell them, the deployment will.
            $rights = 'providers/Microsoft.Authorization/permissions?api-version=2022-04-01'
            if ((Get-Count $rights "length(value[?contains(actions, '*')])") -eq '0') {
                $missing.Add("The right to make resources in subscription $env:AZURE_SUBSCRIPTION_ID`: the role Contributor or Owner")
            }
            if ((Get-Count $rights "length(value[?(contains(actions, '*') && !contains(notActions, 'Microsoft.Authorization/*/Write')) || contains(actions, 'Microsoft.Authorization/roleAssignments/write') || contains(actions, 'Microsoft.Authorization/*')])") -eq '0') {
                $missing.Add("The right to assign roles in subscription $env:AZURE_SUBSCRIPTION_ID`: Owner, or Role Based Access Control Administrator beside Contributor")
            }
            if ($env:VNET_ENABLED -eq 'true' -and (Get-Count 'providers/Microsoft.App?api-version=2021-04-01' "length([@][?registrationState=='Registered'])") -eq '0') {
                $missing.Add("The provider of the app's network: az provider register --namespace Microsoft.App --wait")
            }
        }
    }
}

if ($missing.Count -gt 0) {
    $missing | ForEach-Object { Write-Host "  - $_" }
    Write-Host 'azd needs what is listed above.'
    exit 1
}

Write-Host 'All that azd needs is here.'
