# Puts the secrets into Key Vault. A value comes from the environment (DINGTALK_APP_KEY and so on) or is asked for;
# one that is there already stays, unless DINGTALK_RESEED=true. It never appears on a command line or on the screen.
$ErrorActionPreference = 'Stop'
if (-not $env:AZURE_KEY_VAULT_ID) {
    throw 'AZURE_KEY_VAULT_ID is missing: run this through azd (azd hooks run postprovision)'
}

$apiVersion = '2026-02-01'
$changed = $false
$absent = $false

function Test-Secret([string] $Name) {
    az rest --method get --url "$env:AZURE_KEY_VAULT_ID/secrets/${Name}?api-version=$apiVersion" --output none 2>$null
    $LASTEXITCODE -eq 0
}

# Through Azure Resource Manager rather than the vault's own address: that also works where the vault has only a private one,
# and needs no data role for whoever deploys. The body goes through a file of this user's that lives for this one call.
function Set-Secret([string] $Name, [string] $Value) {
    $body = New-TemporaryFile
    try {
        Set-Content -Path $body -NoNewline -Encoding utf8NoBOM -Value (@{ properties = @{ value = $Value } } | ConvertTo-Json -Compress)
        az rest --method put --url "$env:AZURE_KEY_VAULT_ID/secrets/${Name}?api-version=$apiVersion" --body "@$body" --output none
        if ($LASTEXITCODE -ne 0) {
            throw "$Name could not be stored."
        }
    }
    finally {
        Remove-Item $body
    }
}

$secrets = if ($env:DINGTALK_APP_KIND -eq 'thirdParty') {
    @{ Name = 'dingtalk-suite-key'; Given = $env:DINGTALK_SUITE_KEY; Meaning = 'SuiteKey of the third-party app'; Grammar = '^[A-Za-z0-9_-]{1,128}$'; Words = 'letters, digits, - and _' }
    @{ Name = 'dingtalk-suite-secret'; Given = $env:DINGTALK_SUITE_SECRET; Meaning = 'SuiteSecret of the third-party app'; Grammar = '^[A-Za-z0-9_-]{1,256}$'; Words = 'letters, digits, - and _' }
}
else {
    @{ Name = 'dingtalk-app-key'; Given = $env:DINGTALK_APP_KEY; Meaning = 'Client ID (AppKey) of the DingTalk app'; Grammar = '^[A-Za-z0-9_-]{1,128}$'; Words = 'letters, digits, - and _' }
    @{ Name = 'dingtalk-app-secret'; Given = $env:DINGTALK_APP_SECRET; Meaning = 'Client Secret (AppSecret) of the DingTalk app'; Grammar = '^[A-Za-z0-9_-]{1,256}$'; Words = 'letters, digits, - and _' }
}

# New and old with a comma between, while they are rotated.
$secrets += @{ Name = 'dingtalk-callback-token'; Given = $env:DINGTALK_CALLBACK_TOKEN; Meaning = 'Token of the event subscription'; Grammar = '^([A-Za-z0-9]{3,64},)*[A-Za-z0-9]{3,64}$'; Words = '3 to 64 letters and digits' }
$secrets += @{ Name = 'dingtalk-encoding-aes-key'; Given = $env:DINGTALK_ENCODING_AES_KEY; Meaning = 'AES key of the event subscription'; Grammar = '^([A-Za-z0-9]{43},)*[A-Za-z0-9]{43}$'; Words = '43 letters and digits' }
if ($env:SIGNED_NOTIFICATIONS -eq 'true') {
    $secrets += @{ Name = 'meetings-ended-webhook-secret'; Given = $env:MEETINGS_ENDED_WEBHOOK_SECRET; Meaning = 'Secret that plain notifications are signed with'; Grammar = '^(whsec_[A-Za-z0-9+/=]{32,88},)*whsec_[A-Za-z0-9+/=]{32,88}$'; Words = 'whsec_ and the base64 of 24 to 64 bytes' }
}

foreach ($secret in $secrets) {
    if ($env:DINGTALK_RESEED -ne 'true' -and (Test-Secret $secret.Name)) {
        Write-Host "$($secret.Name) is in the vault already."
        continue
    }

    $value = $secret.Given
    if (-not $value -and -not [Console]::IsInputRedirected) {
        $value = Read-Host -Prompt $secret.Meaning -MaskInput
    }

    if (-not $value) {
        Write-Host "$($secret.Name) has no value yet ($($secret.Meaning))."
        $absent = $true
        continue
    }

    if ($value -cnotmatch $secret.Grammar) {
        Write-Host "$($secret.Name) is not stored: expected $($secret.Words)."
        exit 1
    }

    Set-Secret $secret.Name $value
    $changed = $true
    Write-Host "$($secret.Name) is stored."
}

if ($changed -and $env:AZURE_FUNCTION_ID) {
    # Otherwise the app would see them within a day.
    az rest --method post --url "$env:AZURE_FUNCTION_ID/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
    if ($LASTEXITCODE -ne 0) {
        Write-Host 'The app could not be told; it reads the new secrets within a day, or once this hook is run again with DINGTALK_RESEED=true.'
    }
}

if ($absent) {
    Write-Host 'The app does not start without its secrets. To enter them: azd hooks run postprovision'
}

exit 0
