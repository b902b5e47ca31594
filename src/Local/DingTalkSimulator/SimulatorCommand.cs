using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace DingTalkSimulator;

/// <summary>The command line of a simulator that runs as a process of its own.</summary>
internal sealed class SimulatorCommand : RootCommand
{
    /// <summary>Creates the command.</summary>
    public SimulatorCommand()
        : base("Plays DingTalk: its API, its event push, and whatever shall go wrong with them.")
    {
        Options.Add(Port);
        Options.Add(CallbackUrl);
        Options.Add(PushRetries);
        Options.Add(SuiteKey);
        Options.Add(SuiteSecret);
        Validators.Add(result =>
        {
            if (result.GetResult(SuiteKey) is null != result.GetResult(SuiteSecret) is null)
            {
                result.AddError("--suite-key and --suite-secret: expected both or neither.");
            }
        });
        SetAction((arguments, cancellationToken) => Session.RunAsync(
            new SimulatorOptions
            {
                Port = arguments.GetValue(Port),
                CallbackUrl = arguments.GetValue(CallbackUrl),
                SuiteKey = arguments.GetValue(SuiteKey),
                SuiteSecret = arguments.GetValue(SuiteSecret),
                PushRetries = [.. arguments.GetRequiredValue(PushRetries).Select(TimeSpan.FromSeconds)],
            },
            cancellationToken));
    }

    /// <summary>The port.</summary>
    public Option<int> Port { get; } = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 takes any free one.",
        DefaultValueFactory = _ => 0,
        CustomParser = ParsePort,
    };

    /// <summary>Where events are pushed to.</summary>
    public Option<Uri?> CallbackUrl { get; } = new("--callback-url")
    {
        Description = "Where events are pushed to, for instance http://localhost:7071/api/dingtalk/events.",
        CustomParser = ParseUrl,
    };

    /// <summary>The waits between the tries of a push, in seconds.</summary>
    public Option<double[]> PushRetries { get; } = new("--push-retries")
    {
        Description = "The waits before each further try of a push that failed, in seconds. [default: 10 30]",
        DefaultValueFactory = _ => [10, 30],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The key of the third-party app.</summary>
    public Option<string?> SuiteKey { get; } = new("--suite-key")
    {
        Description = "The key of a third-party app, which gets tickets and SyncHTTP pushes. [default: there is no such app]",
    };

    /// <summary>The secret of the third-party app.</summary>
    public Option<string?> SuiteSecret { get; } = new("--suite-secret")
    {
        Description = "The secret of the third-party app.",
    };

    private static int ParsePort(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort)
        {
            return port;
        }

        argument.AddError($"--port: expected a number from 0 to {IPEndPoint.MaxPort}.");
        return 0;
    }

    private static Uri? ParseUrl(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        argument.AddError("--callback-url: expected an absolute URL that begins with http:// or https://.");
        return null;
    }
}
