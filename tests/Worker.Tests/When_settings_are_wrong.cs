using FunctionsHost;

namespace Worker.Tests;

public sealed class When_settings_are_wrong
{
    [Fact]
    public async Task The_start_ends_with_a_line_for_each_and_nothing_else()
    {
        var options = new WorkerHostOptions(new Dictionary<string, string?>
        {
            ["ServiceBus__fullyQualifiedNamespace"] = "nobody.example.com",
            ["ConferenceQueue"] = "conferences",
            ["SweepSchedule"] = "0 */5 * * * *",
            ["DingTalk__AppKey"] = "app-key",
            ["DingTalk__CallbackToken"] = "token",
            ["DingTalk__EncodingAesKey"] = "an-aes-key-that-is-too-short",
            ["Recovery__MaxAge"] = "a week",
        });

        var ended = await Assert.ThrowsAsync<WorkerEndedException>(
            () => WorkerHost.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Equal(1, ended.ExitCode);
        var lines = options.Log.Lines
            .Where(static line => line.Category == LogLine.Console)
            .Select(static line => line.Message)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Collection(
            lines,
            static line => Assert.StartsWith("error: The setting DingTalk__AppSecret is missing: ", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("error: The setting DingTalk__EncodingAesKey is malformed: ", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("error: The setting Manifests is missing: ", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("error: The setting Recovery__MaxAge is malformed: ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, static line => line.Contains("an-aes-key-that-is-too-short", StringComparison.Ordinal));
    }
}
