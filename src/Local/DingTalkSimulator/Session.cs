namespace DingTalkSimulator;

/// <summary>A simulator that runs as a process of its own, until Ctrl+C.</summary>
internal static class Session
{
    private const string EmptyBody = "{}";

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await SimulatorServer.StartAsync(options, cancellationToken);
            await Console.Out.WriteLineAsync(
                $"""
                The simulated DingTalk listens on {server.BaseAddress}
                It pushes events to {options.CallbackUrl?.ToString() ?? "nowhere (set --callback-url)"}
                Settings of the app that talks to it:

                DingTalk__BaseAddress={server.BaseAddress}
                DingTalk__AppKey={options.AppKey}
                DingTalk__AppSecret={options.AppSecret}
                DingTalk__CallbackToken={options.CallbackToken}
                DingTalk__EncodingAesKey={options.EncodingAesKey}

                Make a meeting and push its end:
                curl -s {server.BaseAddress}simulator/meetings -H "Content-Type: application/json" -d "{EmptyBody}"

                Ctrl+C ends it.
                """);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
