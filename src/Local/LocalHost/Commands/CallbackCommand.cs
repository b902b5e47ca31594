using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using DingTalkSimulator;
using DingTalkSimulator.Pushing;
using LocalHost.Settings;
using MeetingRecordings.Notifications.Callbacks;

namespace LocalHost.Commands;

/// <summary>What DingTalk's console does when an event subscription is saved, done by hand and explained.</summary>
internal static class CallbackCommand
{
    private const int AesKeyBytes = 32;
    private const int TokenLength = 32;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // DingTalk's console waits that long; it wants events answered within 1.2 s.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(1.2);

    private static readonly Argument<Uri> Url = new("url")
    {
        Description = "Where the events go, for instance https://func-….azurewebsites.net/api/dingtalk/events.",
        CustomParser = static result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
            {
                return url;
            }

            result.AddError("url: expected an address such as https://func-….azurewebsites.net/api/dingtalk/events.");
            return null;
        },
    };

    public static Command Create()
    {
        var command = new Command("callback", "Makes and checks what an event subscription of DingTalk's needs.");
        var make = new Command("new", "Makes a token and an AES key of the right form.");
        make.SetAction(static _ => Make(Console.Out));
        var check = new Command("check", "Sends what DingTalk's console sends when the subscription is saved, and explains the answers.");
        check.Arguments.Add(Url);
        check.Options.Add(OperatorCommand.SettingsFile);
        check.SetAction((parsed, cancellationToken) => LocalHostCommand.RunAsync(token => CheckAsync(parsed, token), cancellationToken));
        command.Subcommands.Add(make);
        command.Subcommands.Add(check);
        return command;
    }

    private static void Make(TextWriter output)
    {
        output.WriteLine($"DINGTALK_CALLBACK_TOKEN={RandomNumberGenerator.GetString(Letters, TokenLength)}");
        output.WriteLine($"DINGTALK_ENCODING_AES_KEY={MakeAesKey()}");
    }

    // 32 bytes as Base64 without the padding. DingTalk's console takes letters and digits only.
    private static string MakeAesKey()
    {
        while (true)
        {
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(AesKeyBytes)).TrimEnd('=');
            if (key.All(char.IsAsciiLetterOrDigit))
            {
                return key;
            }
        }
    }

    private static async Task<int> CheckAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = LocalSettings.Read(parsed.GetValue(OperatorCommand.SettingsFile)?.FullName, []);
        var options = new SimulatorOptions
        {
            CallbackToken = First(settings, "CallbackToken"),
            EncodingAesKey = AesKey(First(settings, "EncodingAesKey")),
            AppKey = First(settings, string.IsNullOrEmpty(settings["DingTalk:OwnerKey"]) ? "AppKey" : "OwnerKey"),
            PushTimeout = LongestAnswer,
            PushRetries = [],
        };
        var url = parsed.GetRequiredValue(Url);
        var start = Stopwatch.GetTimestamp();
        var right = await PushAsync(options, url, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"Right signature: {Explain(right)}");
        if (right.Delivered && elapsed > SlowAnswer)
        {
            Console.WriteLine($"It took {elapsed.TotalSeconds:0.0} s. DingTalk wants events answered within 1.2 s: try again, the first call may have started the app.");
        }

        if (right.StatusCode is null)
        {
            return 1;
        }

        var wrong = await PushAsync(options with { CallbackToken = $"not-{options.CallbackToken}" }, url, cancellationToken);
        var isRefused = wrong is { Delivered: false, StatusCode: 401 or 403 };
        Console.WriteLine(isRefused
            ? $"Wrong signature: refused with HTTP {wrong.StatusCode}, as it must be."
            : $"Wrong signature: answered HTTP {wrong.StatusCode}, which is wrong: whatever answers there does not check signatures.");
        return right.Delivered && isRefused ? 0 : 1;
    }

    private static async Task<PushResult> PushAsync(SimulatorOptions options, Uri url, CancellationToken cancellationToken)
    {
        await using var simulator = await SimulatorServer.StartAsync(options, cancellationToken);
        return await simulator.Pusher.PushAsync(PushedEvent.CheckUrl, null, url, cancellationToken);
    }

    private static string Explain(PushResult answer) => answer switch
    {
        { Delivered: true } => "accepted and answered success, encrypted with the same keys. The console can save this address.",
        { StatusCode: null } => $"no answer: {answer.Detail} Check the address, that DNS knows it, and that it is open to the internet.",
        { StatusCode: 401 or 403 } => $"refused with HTTP {answer.StatusCode}: the app has another token, AES key or owner key than the settings here. "
            + "After a change of secrets the app reads them anew within 15 seconds to a day.",
        { StatusCode: 404 } => "HTTP 404: no function is there. The path is /api/dingtalk/events; an app that is being deployed answers so too.",
        { StatusCode: >= 300 and < 400 } => $"HTTP {answer.StatusCode}: a redirect, which DingTalk does not follow. Give the address that it points to.",
        { StatusCode: >= 500 } => $"HTTP {answer.StatusCode}: the app does not run or does not start. Look at its log, and at GET /api/health/ready.",
        { StatusCode: 200 } => $"HTTP 200, but not DingTalk's idea of success: {answer.Detail} Something else answers there, or an app with other keys.",
        _ => $"HTTP {answer.StatusCode}: {answer.Detail}",
    };

    private static string First(IConfiguration settings, string name)
        => LocalSettings.First(settings[$"DingTalk:{name}"]) is { Length: > 0 } value ? value
            : throw new LocalHostException($"The setting DingTalk__{name} is missing: set what the app has, in the environment or with --settings.");

    private static string AesKey(string text)
    {
        try
        {
            _ = new CallbackCipher(text);
            return text;
        }
        catch (FormatException e)
        {
            throw new LocalHostException($"The setting DingTalk__EncodingAesKey is malformed: {e.Message}", e);
        }
    }
}
