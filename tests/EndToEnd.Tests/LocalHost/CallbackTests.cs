using MeetingRecordings.Notifications.Callbacks;
using Support;

namespace EndToEnd.Tests.LocalHost;

/// <summary>What an operator tries before DingTalk's console is asked to save an address.</summary>
public sealed class CallbackTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_token_and_AES_key_have_the_right_form()
    {
        await using var made = ChildProcess.Start("LocalHost", ["callback", "new"]);

        Assert.Equal(0, await made.ExitAsync(Cancellation));
        Assert.Matches("^DINGTALK_CALLBACK_TOKEN=[A-Za-z0-9]{32}$", made.Output[0]);
        Assert.Matches("^DINGTALK_ENCODING_AES_KEY=[A-Za-z0-9]{43}$", made.Output[1]);
        Assert.NotNull(new CallbackCipher(made.Output[1].Split('=')[1]));
    }

    [Fact]
    public async Task An_app_with_these_keys_passes_and_one_with_others_is_explained()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var url = new Uri(pipeline.Http.BaseAddress!, "dingtalk/events");

        Assert.Equal(
            (0, "Right signature: accepted and answered success, encrypted with the same keys. The console can save this address."),
            await CheckAsync(pipeline, url));
        AssertBegins("Right signature: refused with HTTP 403", await CheckAsync(pipeline, url, ("DingTalk__CallbackToken", "another")));
        AssertBegins("Right signature: HTTP 404: no function is ", await CheckAsync(pipeline, new Uri(url, "nowhere")));
        AssertBegins("Right signature: no answer: Connection", await CheckAsync(pipeline, new Uri("http://127.0.0.1:1/")));
        AssertBegins("The setting DingTalk__CallbackToken is ", await CheckAsync(pipeline, url, ("DingTalk__CallbackToken", null)));

        static void AssertBegins(string words, (int Code, string Line) result)
        {
            Assert.Equal(1, result.Code);
            Assert.StartsWith(words, result.Line, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Line)> CheckAsync(Pipeline pipeline, Uri url, params (string Name, string? Value)[] others)
    {
        var settings = new Dictionary<string, string?>
        {
            ["DingTalk__AppKey"] = pipeline.DingTalk.Options.AppKey,
            ["DingTalk__CallbackToken"] = pipeline.DingTalk.Options.CallbackToken,
            ["DingTalk__EncodingAesKey"] = pipeline.DingTalk.Options.EncodingAesKey,
        };
        foreach (var (name, value) in others)
        {
            settings[name] = value;
        }

        await using var check = ChildProcess.Start("LocalHost", ["callback", "check", $"{url}"], settings);
        var code = await check.ExitAsync(Cancellation);
        return (code, check.Output.Concat(check.Errors).First());
    }
}
