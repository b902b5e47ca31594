namespace Deployment.Tests.Files;

/// <summary>Runs a shell hook where <c>az</c> and <c>dotnet</c> are scripts that note how they were called.</summary>
internal sealed class HookShell : IDisposable
{
    private const string Az = """
        #!/bin/sh
        echo "$*" >> "$FAKE_HOME/calls"
        case "$*" in
          *providers/Microsoft.Authorization/permissions*"contains(notActions"*) echo "${FAKE_ROLE_RIGHTS:-1}" ;;
          *providers/Microsoft.Authorization/permissions*) echo "${FAKE_RIGHTS:-1}" ;;
          *providers/Microsoft.App*) echo "${FAKE_NETWORK_PROVIDER:-1}" ;;
          *"/functions?"*) [ -n "${FAKE_DEAD:-}" ] || printf 'app/DropPoison\napp/FetchRecordings\n' ;;
          *listkeys*) case " ${FAKE_KEYS:-} " in *" $(echo "$*" | sed "s/.*, '\([^']*\)').*/\1/") "*) echo true ;; *) echo false ;; esac ;;
          *"--method put"*[kK]eys/*)
            [ -z "${FAKE_REFUSES:-}" ] || exit 1
            path=${*##*app-id/}
            printf '%s=%s\n' "${path%%\?*}" "$(cat)" >> "$FAKE_HOME/stored" ;;
          "account show"*) [ -z "${FAKE_SIGNED_OUT:-}" ] || exit 1; echo sub-1 ;;
          *list-flexconsumption-locations*) printf 'East Asia\neastus2\n' ;;
          *"--method get"*) [ -n "${FAKE_PRESENT:-}" ] && case "$*" in *"/$FAKE_PRESENT?"*) exit 0 ;; esac; exit 3 ;;
          *"--method put"*)
            [ -z "${FAKE_REFUSES:-}" ] || exit 1
            name=${*##*secrets/}
            printf '%s=%s\n' "${name%%\?*}" "$(cat)" >> "$FAKE_HOME/stored" ;;
        esac
        """;

    private const string Dotnet = """
        #!/bin/sh
        if [ -n "${FAKE_OLD_SDK:-}" ]; then echo "8.0.100 [/sdk]"; else echo "10.0.100 [/sdk]"; fi
        """;

    private readonly Folder _home = new();

    public HookShell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell hooks run where there is a shell.");
        Write("az", Az);
        Write("dotnet", Dotnet);
    }

    public Task<ToolResult> RunAsync(string hook, (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>();
        foreach (string inherited in Environment.GetEnvironmentVariables().Keys)
        {
            if (inherited.StartsWith("AZURE_", StringComparison.Ordinal) || inherited.StartsWith("DINGTALK_", StringComparison.Ordinal)
                || inherited.StartsWith("MEETINGS_", StringComparison.Ordinal) || inherited.StartsWith("SIGNED_", StringComparison.Ordinal)
                || inherited.EndsWith("_KEYS", StringComparison.Ordinal))
            {
                environment[inherited] = null;
            }
        }

        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        environment["FAKE_HOME"] = _home.Path;
        environment["KEY_WAIT_SECONDS"] = "0";
        environment["PATH"] = $"{_home.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        return Tool.RunAsync("sh", [Repository.PathOf($"infra/hooks/{hook}.sh")], environment: environment);
    }

    /// <summary>How <c>az</c> was called.</summary>
    public IReadOnlyList<string> Calls() => Lines("calls");

    /// <summary>What was stored, as <c>name=body</c>.</summary>
    public IReadOnlyList<string> Stored() => Lines("stored");

    public void Dispose() => _home.Dispose();

    private string[] Lines(string file) => File.Exists(_home.PathOf(file)) ? File.ReadAllLines(_home.PathOf(file)) : [];

    private void Write(string name, string script)
    {
        File.WriteAllText(_home.PathOf(name), script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_home.PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
