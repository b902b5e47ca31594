using MeetingRecordings.Notifications.Callbacks;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using Worker.Tests.Telemetry;

namespace Worker.Tests;

public sealed class When_somebody_looks_for_secrets(AzuriteFixture azurite)
{
    private const string Nonce = "nonce-of-one-push";

    private static readonly CallbackCipher Cipher = new(DevelopmentCredentials.EncodingAesKey);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neither_the_hosts_log_nor_what_is_exported_holds_one()
    {
        await using var sink = await TelemetrySink.StartAsync();
        await using var app = await RunningApp.StartAsync(
            azurite, [.. sink.Settings, ("Logging__LogLevel__Default", "Debug"), ("Sweep__Enabled", "true")]);

        var signature = await RunThroughEverythingAsync(app);
        string[] secrets =
        [
            DevelopmentCredentials.AppSecret,
            DevelopmentCredentials.CallbackToken,
            DevelopmentCredentials.EncodingAesKey,
            await TokenAsync(app),
            app.Keys.Default,
            app.Keys.Master,
            "SAS_KEY_VALUE",
            azurite.ConnectionString.Split("AccountKey=")[1].Split(';')[0],
            signature,
            Nonce,
        ];
        await app.Host.DisposeAsync();

        var told = app.Host.Log.Lines.Select(static line => line.ToString()).ToList();
        // Guards against a run in which nothing happened.
        Assert.Contains(told, static line => line.Contains("is poisoned", StringComparison.Ordinal));
        Assert.Contains(told, static line => line.Contains("is dead-lettered", StringComparison.Ordinal));
        Assert.Contains(told, static line => line.Contains("Level = Debug", StringComparison.Ordinal));
        Assert.Equal(["logs", "metrics", "traces"], sink.Exports.Select(static export => export.Signal).Distinct().Order());
        Assert.All(secrets, secret =>
        {
            Assert.True(secret.Length > 8, "A secret this short would be found by accident.");
            Assert.DoesNotContain(told, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(sink.Exports, export => export.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        });
    }

    private static async Task<string> RunThroughEverythingAsync(RunningApp app)
    {
        var rejected = app.DingTalk.Tenant.AddConference();
        rejected.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"), int.MaxValue);
        await app.PushEndedAsync(rejected);

        // A refused token, a broken connection, a page of HTML: every kind of failure has words of its own.
        app.DingTalk.Tenant.RevokeTokens();
        var failing = app.DingTalk.Tenant.AddConference();
        failing.Script
            .Add(new ScriptedAnswer.Reset(), 3)
            .Add(ScriptedAnswer.Raw.Html(502), 3)
            .Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);
        await app.PushEndedAsync(failing);
        await app.EnqueueAsync(new Azure.Messaging.ServiceBus.ServiceBusMessage("no JSON"));
        await app.Host.RunTimerAsync("SweepFailedPushes", Cancellation);

        await AskAsync(app, HttpMethod.Post, "meetings/ended", """[{"conferenceId":"a/b"}]""");
        await AskAsync(app, HttpMethod.Get, "poison");
        await AskAsync(app, HttpMethod.Get, "manifests");
        await AskAsync(app, HttpMethod.Get, "health/ready");
        using var wrongKey = await app.SendAsync(HttpMethod.Get, $"poison?code={app.Keys.Default}");
        await app.DrainAsync();
        return await PushAsync(app);
    }

    // One push that is accepted, and one that is refused with all that a push is proved by.
    private static async Task<string> PushAsync(RunningApp app)
    {
        var encrypted = Cipher.Encrypt("""{"EventType":"check_url"}"""u8, DevelopmentCredentials.AppKey);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.Sign(DevelopmentCredentials.CallbackToken, timestamp, Nonce, encrypted);
        var route = $"dingtalk/events?signature={signature}&msg_signature={signature}&timestamp={timestamp}&nonce={Nonce}";
        await AskAsync(app, HttpMethod.Post, route, $$"""{"encrypt":"{{encrypted}}"}""");
        await AskAsync(app, HttpMethod.Post, route, """{"encrypt":"AAAA"}""");
        return signature;
    }

    // The master key in a header, then in the query.
    private static async Task AskAsync(RunningApp app, HttpMethod method, string route, string? json = null)
    {
        var query = $"{(route.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={app.Keys.Master}";
        foreach (var (address, key) in ((string, string?)[])[(route, app.Keys.Master), (route + query, null)])
        {
            using var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await app.SendAsync(method, address, key, content);
        }
    }

    // An internal app that asks again gets the token that holds.
    private static async Task<string> TokenAsync(RunningApp app)
    {
        using var answer = await app.Http.PostAsJsonAsync(
            new Uri(app.DingTalk.BaseAddress, "v1.0/oauth2/accessToken"),
            new { appKey = DevelopmentCredentials.AppKey, appSecret = DevelopmentCredentials.AppSecret },
            Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("accessToken").GetString()!;
    }
}
