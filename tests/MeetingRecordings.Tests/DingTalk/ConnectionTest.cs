using MeetingRecordings.DingTalk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Videos = MeetingRecordings.DingTalk.ApiAnswer<System.Collections.Generic.IReadOnlyList<MeetingRecordings.Manifests.Video>>;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>A client that calls a server on this machine.</summary>
public abstract class ConnectionTest
{
    private protected const string OneVideo = """{"videoList":[{"mediaId":"m1"}]}""";
    private protected static readonly TimeSpan Overall = TimeSpan.FromSeconds(30);

    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static DingTalkError AssertFault(string code, Videos answer)
    {
        var error = Assert.IsType<Videos.Failed>(answer).Error!;
        Assert.Equal((code, ErrorClass.Faulted), (error.Code, error.Class));
        Assert.DoesNotContain("token-1", error.ToString(), StringComparison.Ordinal);
        return error;
    }

    private protected static DingTalkOptions OptionsOf(Uri address, int quickRetries = 0)
        => new(address, "the-app-key", "the-app-secret") { QuickRetries = quickRetries, QuickRetryDelay = TimeSpan.Zero };

    private protected DingTalkClient ClientOf(Uri address, int quickRetries = 0) => ClientOf(OptionsOf(address, quickRetries));

    private protected DingTalkClient ClientOf(DingTalkOptions options)
    {
        var http = new DingTalkHttp(DingTalkHttp.CreateClient(options), options, Clock);
        return new DingTalkClient(http, new AccessTokens(http, options, Clock));
    }

    private protected Task<Videos> CallAsync(LoopbackServer server) => ClientOf(server.Address).GetVideosAsync(null, "conf-1", "u1", Cancellation);

    private protected async Task<Videos> AnsweredBy(RequestDelegate answer)
    {
        await using var server = await LoopbackServer.StartAsync(answer);
        return await CallAsync(server).WaitAsync(Overall, Cancellation);
    }
}
