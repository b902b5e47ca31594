using System.Text.Json;
using Support;

namespace EndToEnd.Tests.LocalHost;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_ends_with_its_counts_and_exit_code_0()
    {
        await using var demo = ChildProcess.Start("LocalHost", ["demo", "--meetings", "3"]);

        Assert.Equal(0, await demo.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal("3 pushed, 3 manifests, 0 poisoned, 0 dead-lettered, 0 lost", demo.Output[^1]);
        Assert.Contains(demo.Output, static line => line.Contains("\"schemaVersion\": 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_archive_it_ends_with_what_is_archived_whatever_the_files_are_served_like()
    {
        await using var demo = ChildProcess.Start("LocalHost", ["demo", "--meetings", "8", "--archive"]);

        Assert.Equal(0, await demo.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            "8 pushed, 8 manifests, 0 poisoned, 0 dead-lettered, 0 lost, 16 recordings archived, 8 transcripts", demo.Output[^1]);
    }

    [Fact]
    public async Task The_demo_prints_one_json_object_where_it_is_asked_to()
    {
        await using var demo = ChildProcess.Start("LocalHost", ["demo", "--meetings", "2", "--json"]);

        Assert.Equal(0, await demo.ExitAsync(TestContext.Current.CancellationToken));
        using var json = JsonDocument.Parse(string.Join('\n', demo.Output));
        Assert.Equal(2, json.RootElement.GetProperty("pushed").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("manifests").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("lost").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("manifestNames").GetArrayLength());
        Assert.True(json.RootElement.GetProperty("elapsedMs").GetInt64() > 0);
    }

    [Theory]
    [InlineData("--meetings", "0")]
    [InlineData("--meetings", "many")]
    public async Task A_number_that_is_none_is_named(string option, string value)
    {
        await using var demo = ChildProcess.Start("LocalHost", ["demo", option, value]);

        Assert.Equal(1, await demo.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains(option, string.Join(' ', demo.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(demo.Errors, static line => line.StartsWith("   at ", StringComparison.Ordinal));
    }
}
