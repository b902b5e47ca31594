using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Tests.DingTalk;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>Looks at one conference whose creator is known, with DingTalk's answers scripted and manifests in memory.</summary>
public abstract class FetcherTest : DingTalkTest
{
    private protected const string OneVideo = """{"videoList":[{"mediaId":"m1","recordId":"r1","startTime":1631172094000}]}""";
    private protected const string NotFound = """{"code":"cloudRecordNotFound%!(EXTRA string=50513)","message":"cloudRecordNotFound"}""";
    private protected const string UnknownUser = """{"code":"unknownUserError","message":"unknownUserError","requestid":"r-unknown"}""";
    private protected const string RecordedInfo = """{"confInfo":{"cloudRecordStatus":3,"cloudRecordOwnerUnionId":"owner","creatorId":"creator"}}""";
    private protected const string NeverRecordedInfo = """{"confInfo":{"cloudRecordStatus":0,"creatorId":"creator"}}""";

    private protected static readonly ConferenceMessage Message = new("conf-1", "creator", "ding1", Now.AddMinutes(-1), Trigger.MeetingEnded);

    private protected ManifestStoreInMemory Store { get; } = new();

    private protected ConferenceMessagesInMemory Messages { get; } = new();

    private protected virtual RecoveryOptions Recovery { get; } = new();

    private protected static Lineage Fresh => new Lineage("conf-1:ended", Now) { EndedAtSource = EndedAtSource.Event }.ContinueFrom(7);

    private protected static string UserPath(string unionId) => $"{VideosPath}?unionId={unionId}";

    private protected void AssertCalls(params string[] expected)
        => Assert.Equal(expected, DingTalk.Calls.Select(static call => call == ConferencePath ? "info" : call.Replace($"{VideosPath}?unionId=", "getVideos ", StringComparison.Ordinal)));

    // One whole look, as the queue function takes it, without settling its message.
    private protected async Task<LookResult> FetchAsync(ConferenceMessage message, Lineage? lineage = null, CancellationToken? cancellationToken = null)
    {
        var policy = new RecoveryPolicy(Recovery);
        var manifests = new ManifestKeeper(Store, Clock);
        var finder = new RecordingFinder(CreateClient(), manifests, Messages, policy, new CallBudget(null, null!, Clock), Clock);
        var finding = await finder.FindAsync(new Look(message, lineage ?? Fresh), cancellationToken ?? Cancellation);
        var outcome = await manifests.WriteDownAsync(finding, cancellationToken ?? Cancellation);
        var action = policy.Decide(outcome, LookContext.Of(finding.Look, Clock.GetUtcNow(), jitter: 0.5));
        return new LookResult(finding, outcome, action);
    }

    private protected sealed record LookResult(Finding Finding, LookOutcome Outcome, RecoveryAction Action)
    {
        public ConferenceMessage Message => Finding.Look.Message;
    }
}
