using System.Reflection;
using System.Text.RegularExpressions;
using MeetingRecordings.Functions;
using Microsoft.Azure.Functions.Worker;

namespace Deployment.Tests.Files;

/// <summary>The shell hooks, run against programs that only note how they were called.</summary>
public sealed partial class HookTests
{
    private const string PosixOnly = "The shell hooks run where there is a shell.";
    private const string WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string AesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    public static TheoryData<string> Shells()
        => [.. Directory.EnumerateFiles(Repository.PathOf("infra/hooks"), "*.sh").Select(static f => Path.GetRelativePath(Repository.Root, f))];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_hook_is_sound_shell(string hook)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), PosixOnly);
        foreach (var shell in (string[])["bash", "sh"])
        {
            var result = await Tool.RunAsync(shell, ["-n", Repository.PathOf(hook)]);

            Assert.True(result.ExitCode == 0, result.All);
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_hook_leaves_shellcheck_nothing_to_say(string hook)
    {
        Assert.SkipUnless(IsInstalled("shellcheck"), "shellcheck is not installed here.");

        var result = await Tool.RunAsync("shellcheck", [Repository.PathOf(hook)]);

        Assert.True(result.ExitCode == 0, result.All);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_hook_has_the_right_to_be_run_and_a_twin_for_PowerShell(string hook)
    {
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.PathOf(hook)).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(Repository.PathOf(Path.ChangeExtension(hook, ".ps1"))));
    }

    [Fact]
    public async Task PowerShell_hooks_parse()
    {
        Assert.SkipUnless(IsInstalled("pwsh"), "PowerShell is not installed here.");
        foreach (var hook in Directory.EnumerateFiles(Repository.PathOf("infra/hooks"), "*.ps1"))
        {
            var result = await Tool.RunAsync("pwsh", ["-NoProfile", "-Command", $"$e = $null; [void][System.Management.Automation.Language.Parser]::ParseFile('{hook}', [ref]$null, [ref]$e); $e; exit $e.Count"]);

            Assert.True(result.ExitCode == 0, result.All);
        }
    }

    [Fact]
    public async Task Prerequisites_that_are_all_there_pass()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("check-prerequisites", [("AZURE_LOCATION", "eastasia"), ("AZURE_SUBSCRIPTION_ID", "sub-1")]);

        Assert.True(result.ExitCode == 0, result.All);
    }

    [Theory]
    [InlineData("AZURE_LOCATION", "nowhere", "Flex Consumption plan; nowhere has none")]
    [InlineData("AZURE_SUBSCRIPTION_ID", "sub-2", "az account set --subscription sub-2")]
    [InlineData("FAKE_SIGNED_OUT", "1", "az login")]
    [InlineData("FAKE_OLD_SDK", "1", "The .NET 10 SDK")]
    [InlineData("FAKE_RIGHTS", "0", "The right to make resources in subscription sub-1")]
    [InlineData("FAKE_ROLE_RIGHTS", "0", "The right to assign roles in subscription sub-1")]
    [InlineData("FAKE_NETWORK_PROVIDER", "0", "az provider register --namespace Microsoft.App")]
    [InlineData("DINGTALK_BASE_ADDRESS", "http://api.dingtalk.io/", "begins with https://")]
    [InlineData("UPDATE_STRATEGY", "RollingUpdate", "azd env set ALWAYS_READY_INSTANCES 2")]
    [InlineData("NAT_GATEWAY", "true", "azd env set VNET_ENABLED true")]
    [InlineData("MONTHLY_BUDGET", "50", "azd env set BUDGET_START 20")]
    [InlineData("ARCHIVE_IMMUTABLE_DAYS", "30", "azd env set ARCHIVE_IMMUTABLE_DAYS 0")]
    public async Task A_missing_prerequisite_is_named(string name, string value, string words)
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("check-prerequisites", [("AZURE_SUBSCRIPTION_ID", "sub-1"), .. Given(name), (name, value)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_from_the_environment_are_stored_and_the_app_is_told()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", Secrets());

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal(
            ["dingtalk-app-key={\"properties\":{\"value\":\"dingkey1\"}}", "dingtalk-app-secret={\"properties\":{\"value\":\"s3cret-Value_1\"}}",
             "dingtalk-callback-token={\"properties\":{\"value\":\"token1\"}}", $"dingtalk-encoding-aes-key={{\"properties\":{{\"value\":\"{AesKey}\"}}}}"],
            shell.Stored());
        Assert.Contains(shell.Calls(), static c => c.Contains("/app-id/config/configreferences/appsettings/refresh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_is_on_no_command_line_and_in_no_output()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", Secrets());

        Assert.All((string[])["s3cret-Value_1", "token1", AesKey], secret =>
        {
            Assert.DoesNotContain(secret, result.All, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, string.Join('\n', shell.Calls()), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_third_party_apps_keys_are_stored_in_place_of_an_internal_apps()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync(
            "seed-secrets", [.. Secrets(), ("DINGTALK_APP_KIND", "thirdParty"), ("DINGTALK_SUITE_KEY", "suite1"), ("DINGTALK_SUITE_SECRET", "s3cret-Suite_1")]);

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal(
            ["dingtalk-suite-key", "dingtalk-suite-secret", "dingtalk-callback-token", "dingtalk-encoding-aes-key"],
            shell.Stored().Select(static s => s.Split('=')[0]));
    }

    [Theory]
    [InlineData("true", 5)]
    [InlineData("false", 4)]
    public async Task The_webhook_secret_is_stored_where_notifications_are_signed(string areSigned, int stored)
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", [.. Secrets(), ("SIGNED_NOTIFICATIONS", areSigned), ("MEETINGS_ENDED_WEBHOOK_SECRET", WebhookSecret)]);

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal(stored, shell.Stored().Count);
        Assert.Equal(areSigned == "true", shell.Stored().Contains($"meetings-ended-webhook-secret={{\"properties\":{{\"value\":\"{WebhookSecret}\"}}}}"));
    }

    [Theory]
    [InlineData("DINGTALK_CALLBACK_TOKEN", "newToken,oldToken")]
    [InlineData("DINGTALK_ENCODING_AES_KEY", $"{AesKey},{AesKey}")]
    [InlineData("MEETINGS_ENDED_WEBHOOK_SECRET", $"{WebhookSecret},{WebhookSecret}")]
    public async Task The_new_and_the_old_value_are_stored_together_while_a_secret_is_rotated(string name, string value)
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", [.. Secrets().Where(s => s.Name != name), ("SIGNED_NOTIFICATIONS", "true"), (name, value)]);

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains(shell.Stored(), stored => stored.EndsWith($":\"{value}\"}}}}", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_hooks_know_the_same_secrets_by_the_same_grammars()
    {
        var posix = PosixSecret().Matches(Repository.Read("infra/hooks/seed-secrets.sh")).Select(static m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value));
        var windows = WindowsSecret().Matches(Repository.Read("infra/hooks/seed-secrets.ps1")).Select(static m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value));

        Assert.Equal(7, posix.Count());
        Assert.Equal(posix, windows);
    }

    [Fact]
    public async Task A_secret_that_is_there_stays()
    {
        using var shell = new HookShell();

        await shell.RunAsync("seed-secrets", [.. Secrets(), ("FAKE_PRESENT", "dingtalk-app-secret")]);

        Assert.Equal(3, shell.Stored().Count);
        Assert.DoesNotContain(shell.Stored(), static s => s.StartsWith("dingtalk-app-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rotation_overwrites_it()
    {
        using var shell = new HookShell();

        await shell.RunAsync("seed-secrets", [.. Secrets(), ("FAKE_PRESENT", "dingtalk-app-secret"), ("DINGTALK_RESEED", "true")]);

        Assert.Equal(4, shell.Stored().Count);
    }

    [Fact]
    public async Task Without_values_and_without_anybody_to_ask_it_says_so_and_goes_on()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", [("AZURE_KEY_VAULT_ID", "/vault-id")]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(shell.Stored());
        Assert.Contains("azd hooks run postprovision", result.Error, StringComparison.Ordinal);
        Assert.Contains("dingtalk-encoding-aes-key has no value yet", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DINGTALK_ENCODING_AES_KEY", "tooShort", "43 letters and digits")]
    [InlineData("DINGTALK_APP_SECRET", "a\"b", "letters, digits, - and _")]
    [InlineData("DINGTALK_CALLBACK_TOKEN", "x", "3 to 64 letters and digits")]
    [InlineData("DINGTALK_CALLBACK_TOKEN", "newToken,", "3 to 64 letters and digits")]
    [InlineData("MEETINGS_ENDED_WEBHOOK_SECRET", "notBase64AndNoPrefix", "whsec_")]
    public async Task A_value_of_the_wrong_shape_is_refused_and_not_repeated(string name, string value, string words)
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", [.. Secrets().Where(s => s.Name != name), ("SIGNED_NOTIFICATIONS", "true"), (name, value)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(value == "x" ? "is x" : value, result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_store_fails_the_hook()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("seed-secrets", [.. Secrets(), ("FAKE_REFUSES", "1")]);

        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task What_does_not_fit_is_told_only_where_it_is_wanted()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync(
            "check-prerequisites",
            [("AZURE_SUBSCRIPTION_ID", "sub-1"), ("FAKE_NETWORK_PROVIDER", "0"), ("UPDATE_STRATEGY", "RollingUpdate"), ("ALWAYS_READY_INSTANCES", "2"),
             ("MONTHLY_BUDGET", "50"), ("BUDGET_START", "2026-12-01")]);

        Assert.True(result.ExitCode == 0, result.All);
    }

    [Fact]
    public async Task Keys_are_made_for_operators_and_for_senders_who_get_no_more_than_their_address()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("issue-keys", [("AZURE_FUNCTION_ID", "/app-id")]);

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal(
            ["host/default/functionKeys/operators", "functions/MeetingsEnded/keys/senders", "functions/WebhookHandshake/keys/senders"],
            shell.Stored().Select(static s => s.Split('=')[0]));

        // Both functions that answer at the senders' address take the same key.
        var values = shell.Stored().Select(static s => Regex.Match(s, "\"value\":\"([A-Za-z0-9_-]{43})\"").Groups[1].Value).ToList();
        Assert.DoesNotContain("", values);
        Assert.Equal(values[1], values[2]);
        Assert.NotEqual(values[0], values[1]);
    }

    [Fact]
    public void A_senders_key_is_made_for_every_function_at_the_senders_address_and_an_operators_opens_every_other()
    {
        var triggers = typeof(FetchRecordings).Assembly.GetTypes().SelectMany(static type => type.GetMethods())
            .SelectMany(static method => method.GetParameters().Select(parameter => (
                method.GetCustomAttribute<FunctionAttribute>()?.Name, Trigger: parameter.GetCustomAttribute<HttpTriggerAttribute>())))
            .Where(static function => function.Trigger is not null)
            .ToList();

        // A host key opens what is of level Function, and of level Admin nothing.
        Assert.DoesNotContain(triggers, static function => function.Trigger!.AuthLevel == AuthorizationLevel.Admin);
        Assert.Equal(
            triggers.Where(static function => function.Trigger!.Route == "meetings/ended").Select(static function => function.Name).Order(),
            Regex.Matches(Repository.Read("infra/hooks/issue-keys.sh"), @"put ""functions/(\w+)/keys/").Select(static match => match.Groups[1].Value).Order());
    }

    [Fact]
    public async Task A_key_is_on_no_command_line_and_in_no_output_and_the_master_key_is_not_asked_for()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("issue-keys", [("AZURE_FUNCTION_ID", "/app-id"), ("OPERATOR_KEYS", "alice bob")]);

        Assert.Equal(4, shell.Stored().Count);
        Assert.All(shell.Stored().Select(static s => Regex.Match(s, "\"value\":\"([^\"]+)\"").Groups[1].Value), value =>
        {
            Assert.DoesNotContain(value, result.All, StringComparison.Ordinal);
            Assert.DoesNotContain(value, string.Join('\n', shell.Calls()), StringComparison.Ordinal);
        });
        Assert.All(shell.Calls().Where(static c => c.Contains("listkeys", StringComparison.Ordinal)), static c => Assert.Contains("--query contains(", c, StringComparison.Ordinal));
        Assert.DoesNotContain(shell.Calls(), static c => c.Contains("master", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_key_that_is_there_stays_until_it_is_named_to_be_renewed()
    {
        using var shell = new HookShell();
        (string, string)[] there = [("AZURE_FUNCTION_ID", "/app-id"), ("FAKE_KEYS", "operators senders")];

        await shell.RunAsync("issue-keys", there);
        Assert.Empty(shell.Stored());

        await shell.RunAsync("issue-keys", [.. there, ("RENEW_KEYS", "senders")]);
        Assert.Equal(
            ["functions/MeetingsEnded/keys/senders", "functions/WebhookHandshake/keys/senders"],
            shell.Stored().Select(static s => s.Split('=')[0]));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("_master")]
    [InlineData("a/b")]
    public async Task A_name_that_is_the_hosts_own_or_no_name_is_refused(string name)
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("issue-keys", [("AZURE_FUNCTION_ID", "/app-id"), ("OPERATOR_KEYS", name)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(shell.Stored());
    }

    [Fact]
    public async Task An_app_that_does_not_tell_its_functions_is_asked_to_look_again_and_then_named()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("issue-keys", [("AZURE_FUNCTION_ID", "/app-id"), ("FAKE_DEAD", "1")]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(shell.Calls(), static c => c.Contains("syncfunctiontriggers", StringComparison.Ordinal));
        Assert.Contains("azd hooks run postprovision", result.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Stored());
    }

    [Fact]
    public async Task A_key_that_is_refused_fails_the_hook()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync("issue-keys", [("AZURE_FUNCTION_ID", "/app-id"), ("FAKE_REFUSES", "1")]);

        Assert.NotEqual(0, result.ExitCode);
    }

    [Theory]
    [InlineData("issue-keys")]
    [InlineData("check-prerequisites")]
    public void Both_shells_ask_Azure_the_same(string hook)
    {
        static IEnumerable<string> Asked(string script) => Regex.Matches(script, @"contains\([^""\n]*""|listkeys|functionKeys/|functions/\w+/keys/|syncfunctiontriggers|list-flexconsumption-locations")
            .Select(static m => m.Value.TrimEnd('"').Replace("\\", "", StringComparison.Ordinal)).Distinct().Order();

        Assert.Equal(Asked(Repository.Read($"infra/hooks/{hook}.sh")), Asked(Repository.Read($"infra/hooks/{hook}.ps1")));
    }

    [Fact]
    public async Task The_next_steps_hold_the_address_to_paste()
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync(
            "print-next-steps", [("DINGTALK_CALLBACK_URL", "https://example.test/api/dingtalk/events"), ("AZURE_FUNCTION_ID", "/app-id")]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("https://example.test/api/dingtalk/events", result.Output, StringComparison.Ordinal);
        Assert.Contains("VideoConference.Conference.Read", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed-secrets", "AZURE_KEY_VAULT_ID")]
    [InlineData("print-next-steps", "DINGTALK_CALLBACK_URL")]
    [InlineData("issue-keys", "AZURE_FUNCTION_ID")]
    public async Task A_hook_outside_of_azd_names_what_it_lacks(string hook, string variable)
    {
        using var shell = new HookShell();

        var result = await shell.RunAsync(hook, []);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(variable, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_speak_the_vaults_own_version()
    {
        var vault = Repository.Read("infra/modules/key-vault.bicep").Split("vaults@")[1].Split('\'')[0];

        Assert.Contains($"api_version={vault}", Repository.Read("infra/hooks/seed-secrets.sh"), StringComparison.Ordinal);
        Assert.Contains($"$apiVersion = '{vault}'", Repository.Read("infra/hooks/seed-secrets.ps1"), StringComparison.Ordinal);
    }

    [GeneratedRegex("""seed (\S+) "\$\{(\w+):-\}" \\\s+"[^"]+" '([^']+)'""")]
    private static partial Regex PosixSecret();

    [GeneratedRegex("""Name = '([^']+)'; Given = \$env:(\w+); .*Grammar = '\^([^']+)\$'""")]
    private static partial Regex WindowsSecret();

    private static (string Name, string Value)[] Secrets() =>
    [
        ("AZURE_KEY_VAULT_ID", "/vault-id"), ("AZURE_FUNCTION_ID", "/app-id"), ("DINGTALK_APP_KEY", "dingkey1"),
        ("DINGTALK_APP_SECRET", "s3cret-Value_1"), ("DINGTALK_CALLBACK_TOKEN", "token1"), ("DINGTALK_ENCODING_AES_KEY", AesKey),
    ];

    private static (string Name, string Value)[] Given(string name)
        => name switch
        {
            "FAKE_NETWORK_PROVIDER" => [("VNET_ENABLED", "true")],
            "ARCHIVE_IMMUTABLE_DAYS" => [("ARCHIVE_TRANSCRIPTS", "true")],
            _ => [],
        };

    private static bool IsInstalled(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, program)));
}
