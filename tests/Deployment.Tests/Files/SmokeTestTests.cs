using System.Text;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Deployment.Tests.Files;

/// <summary>The script that asks a deployed app, run against one that proves and answers with the app's own callback code.</summary>
public sealed class SmokeTestTests
{
    private const string AesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    [Fact]
    public async Task An_app_that_answers_as_DingTalk_wants_passes()
    {
        var result = await AskAsync(static keys => CallbackAnswer.Success(keys, DateTimeOffset.UnixEpoch), "token1");

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains("as DingTalk wants it", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_with_another_token_fails()
    {
        var result = await AskAsync(static keys => CallbackAnswer.Success(keys, DateTimeOffset.UnixEpoch), "token2");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("A signed check_url push: 401 after 2 tries", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_whose_signature_is_wrong_fails()
    {
        var result = await AskAsync(static keys => CallbackAnswer.Success(keys, DateTimeOffset.UnixEpoch) with { Nonce = "other" }, "token1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("signature is wrong", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_callbacks_secrets_health_and_a_refusal_are_enough_and_that_is_said()
    {
        var result = await AskAsync(static keys => CallbackAnswer.Success(keys, DateTimeOffset.UnixEpoch), "");

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains("No signed push is tried", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_in_no_output()
    {
        var result = await AskAsync(static keys => CallbackAnswer.Success(keys, DateTimeOffset.UnixEpoch), "token1");

        Assert.DoesNotContain(AesKey, result.All, StringComparison.Ordinal);
        Assert.DoesNotContain("token1", result.All, StringComparison.Ordinal);
    }

    private static async Task<ToolResult> AskAsync(Func<CallbackKeys, CallbackAnswer> answer, string token)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static d => File.Exists(Path.Combine(d, "node"))),
            "Node is not installed here.");
        var keys = new CallbackKeys("token1", new CallbackCipher(AesKey), "dingkey1");
        var reader = new CallbackVerifier([keys], TimeSpan.FromMinutes(10), TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/api/health", static () => Results.Ok());
        app.MapPost("/api/dingtalk/events", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return reader.Verify(CallbackQuery.Read(name => request.Query[name]), body.ToArray()) switch
            {
                CallbackVerdict.Verified push when Encoding.UTF8.GetString(push.Plaintext.Span).Contains("check_url", StringComparison.Ordinal)
                    => Results.Bytes(answer(push.Keys).ToJson(), "application/json"),
                CallbackVerdict.Malformed => Results.StatusCode(400),
                _ => Results.StatusCode(401),
            };
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return await Tool.RunAsync("node", [Repository.PathOf("infra/hooks/smoke-test.mjs")], environment: new Dictionary<string, string?>
        {
            ["SERVICE_API_URI"] = app.Urls.Single(),
            ["DINGTALK_CALLBACK_URL"] = $"{app.Urls.Single()}/api/dingtalk/events",
            ["DINGTALK_CALLBACK_TOKEN"] = token,
            ["DINGTALK_ENCODING_AES_KEY"] = AesKey,
            ["DINGTALK_APP_KEY"] = "dingkey1",
            ["DINGTALK_APP_KIND"] = null,
            ["SMOKE_TRIES"] = "2",
            ["SMOKE_PAUSE_MS"] = "1",
        });
    }
}
