using System.Net.Http.Json;
using System.Text.Json;
using DingTalkSimulator;
using EndToEnd.Tests.Crashes.Scenarios;

namespace EndToEnd.Tests.Crashes;

public sealed class SecretTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task No_secret_is_in_any_output_of_the_host_whatever_DingTalk_answers()
    {
        var sweep = new PushesFailed();
        await using var site = await CrashSite.StartAsync(azurite, sweep);
        await using var host = site.StartHost();
        site.Services.Serve(await CrashSite.AddressOfAsync(host));
        foreach (var scenario in (Scenario[])[sweep, new MeetingsEnd(), new DingTalkFails()])
        {
            await scenario.WorkAsync(site);
        }

        await site.SettleAsync();
        Assert.Equal(200, await site.SendAsync(HttpMethod.Post, "poison/replay", """{"all":true}"""));
        await site.SettleAsync();

        var secrets = await SecretsAsync(site.Services.DingTalk.BaseAddress);

        Assert.Contains(host.Errors, static line => line.Contains("permissionError", StringComparison.Ordinal));
        Assert.All(
            [.. host.Output, .. host.Errors],
            line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }

    /// <summary>What no host may print: every secret that it was given, and the access token that it got for them.</summary>
    private static async Task<IReadOnlyList<string>> SecretsAsync(Uri dingTalk)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(
            new Uri(dingTalk, "v1.0/oauth2/accessToken"),
            new { appKey = DevelopmentCredentials.AppKey, appSecret = DevelopmentCredentials.AppSecret },
            TestContext.Current.CancellationToken);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        return
        [
            DevelopmentCredentials.AppSecret,
            DevelopmentCredentials.CallbackToken,
            DevelopmentCredentials.EncodingAesKey,
            "SharedAccessKey=",
            "AccountKey=",
            body.RootElement.GetProperty("accessToken").GetString()!,
        ];
    }
}
