# Says what is missing before anything is made, rather than half-way through.
$ErrorActionPreference = 'Stop'
$missing = [System.Collections.Generic.List[string]]::new()

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    $missing.Add('The .NET 10 SDK: https://dotnet.microsoft.com/download')
}
elseif (-not (dotnet --list-sdks | Where-Object { $_ -match '^10\.' })) {
    $missing.Add("The .NET 10 SDK. Installed is only: $(dotnet --list-sdks | ForEach-Object { ($_ -split ' ')[0] })")
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
    }
}

if ($missing.Count -gt 0) {
    $missing | ForEach-Object { Write-Host "  - $_" }
    Write-Host 'azd up needs what is listed above.'
    exit 1
}

Write-Host 'All that azd up needs is here.'
