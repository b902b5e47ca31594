# Makes the keys that people and systems are given, each with a name so that it can be taken back alone:
#   OPERATOR_KEYS      (operators)  opens every function that asks for a key; host keys
#   NOTIFICATION_KEYS  (senders)    opens the address for plain notifications and nothing else; function keys
# A key that is there stays, unless RENEW_KEYS names it. No key is on a command line or on the screen.
$ErrorActionPreference = 'Stop'
if (-not $env:AZURE_FUNCTION_ID) {
    throw 'AZURE_FUNCTION_ID is missing: run this through azd (azd hooks run postdeploy)'
}

$apiVersion = '2025-03-01'
$operators = ($env:OPERATOR_KEYS ? $env:OPERATOR_KEYS : 'operators') -split ' '
$senders = ($env:NOTIFICATION_KEYS ? $env:NOTIFICATION_KEYS : 'senders') -split ' '
$renewed = "$env:RENEW_KEYS" -split ' '

function Test-Functions {
    [bool](az rest --method get --url "$env:AZURE_FUNCTION_ID/functions?api-version=$apiVersion" --query 'value[].name' --output tsv 2>$null |
        Where-Object { $_ -match '/FetchRecordings$' })
}

# Azure learns the functions from the app as it starts. A start that failed can leave it without them until it is told to look again.
function Wait-Functions {
    for ($try = 1; $try -le 20; $try++) {
        if (Test-Functions) {
            return $true
        }
        if ($try -eq 10) {
            az rest --method post --url "$env:AZURE_FUNCTION_ID/syncfunctiontriggers?api-version=$apiVersion" --output none 2>$null
        }
        Start-Sleep -Seconds ($env:KEY_WAIT_SECONDS ? [int]$env:KEY_WAIT_SECONDS : 10)
    }
    Test-Functions
}

function Test-Key([string] $List, [string] $Query) {
    (az rest --method post --url "$env:AZURE_FUNCTION_ID/${List}?api-version=$apiVersion" --query $Query --output tsv) -eq 'true'
}

# The body goes through a file of this user's that lives for this one call.
function Set-Key([string] $Path, [string] $Name, [string] $Value) {
    $body = New-TemporaryFile
    try {
        Set-Content -Path $body -NoNewline -Encoding utf8NoBOM -Value (@{ properties = @{ name = $Name; value = $Value } } | ConvertTo-Json -Compress)
        az rest --method put --url "$env:AZURE_FUNCTION_ID/${Path}?api-version=$apiVersion" --body "@$body" --output none
        if ($LASTEXITCODE -ne 0) {
            throw "The key $Name could not be made."
        }
    }
    finally {
        Remove-Item $body
    }
}

function New-Key {
    [Convert]::ToBase64String([System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
}

foreach ($name in $operators + $senders) {
    if ($name -in 'default', '_master' -or $name -notmatch '^[A-Za-z0-9-]+$') {
        Write-Host "'$name' is no name for a key: expected letters, digits and -, and not default."
        exit 1
    }
}

if (-not (Wait-Functions)) {
    Write-Host 'The app does not tell its functions: it does not start. Are its secrets there (azd hooks run postprovision)? Keys are made by: azd hooks run postdeploy'
    exit 0
}

foreach ($name in $operators) {
    if ($renewed -notcontains $name -and (Test-Key 'host/default/listkeys' "contains(keys(functionKeys), '$name')")) {
        Write-Host "The operators' key '$name' is there already."
    }
    else {
        Set-Key "host/default/functionKeys/$name" $name (New-Key)
        Write-Host "The operators' key '$name' is made."
    }
}

foreach ($name in $senders) {
    if ($renewed -notcontains $name -and (Test-Key 'functions/MeetingsEnded/listkeys' "contains(keys(@), '$name')")) {
        Write-Host "The senders' key '$name' is there already."
    }
    else {
        # Two functions answer at this address; a sender that shakes hands first calls both.
        $value = New-Key
        Set-Key "functions/MeetingsEnded/keys/$name" $name $value
        Set-Key "functions/WebhookHandshake/keys/$name" $name $value
        Write-Host "The senders' key '$name' is made."
    }
}

exit 0
