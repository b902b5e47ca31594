using System.Net.Http.Json;
using System.Text.Json;

namespace EndToEnd.Tests.Recovery;

public sealed class When_the_app_is_asked_for_its_health(AzuriteFixture azurite)
{
    private static readonly Uri Ready = new("health/ready", UriKind.Relative);

    [Fact]
    public async Task Anybody_hears_that_it_runs_and_a_key_tells_what_works()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        using var anybody = new HttpClient { BaseAddress = pipeline.Http.BaseAddress };

        Assert.Equal("""{"status":"ok"}""", await anybody.GetStringAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(401, (int)(await anybody.GetAsync(Ready, TestContext.Current.CancellationToken)).StatusCode);
        var report = await pipeline.Http.GetFromJsonAsync<JsonElement>(Ready, TestContext.Current.CancellationToken);

        Assert.True(report.GetProperty("ready").GetBoolean());
        Assert.Equal(["queue", "poisonQueue", "blob", "token"], report.GetProperty("checks").EnumerateArray().Select(static c => c.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Wrong_credentials_make_it_not_ready()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("DingTalk__AppSecret", "wrong"));

        using var answer = await pipeline.Http.GetAsync(Ready, TestContext.Current.CancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("checks")
            .EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "token");

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("DingTalk: invalidClientIdOrSecret.", token.GetProperty("detail").GetString());
    }
}
