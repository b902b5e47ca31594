using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>A client whose HTTP is a script and whose time stands still, without quick tries unless a test wants them.</summary>
public abstract class DingTalkTest
{
    private protected const string ConferencePath = "/v1.0/conference/videoConferences/conf-1";
    private protected const string VideosPath = ConferencePath + "/cloudRecords/getVideos";
    private protected const string AppSecret = "the-app-secret";
    private protected static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private protected FakeTimeProvider Clock { get; } = new(Now);

    private protected ScriptedDingTalk DingTalk { get; } = new();

    private protected DingTalkOptions Options { get; set; } = new(new Uri("https://api.dingtalk.test/"), "the-app-key", AppSecret) { QuickRetries = 0 };

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected AccessTokens CreateTokens() => new(CreateHttp(), Options, Clock);

    private protected DingTalkClient CreateClient()
    {
        var http = CreateHttp();
        return new DingTalkClient(http, new AccessTokens(http, Options, Clock));
    }

    private protected DingTalkHttp CreateHttp()
        => new(new HttpClient(DingTalk) { BaseAddress = Options.BaseAddress, MaxResponseContentBufferSize = DingTalkHttp.MaxBodyBytes }, Options, Clock);
}
