using System.Diagnostics;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Tests.Telemetry;

namespace MeetingRecordings.Tests.Fetching;

public sealed class FetcherStoreTests : FetcherTest
{
    private protected override RecoveryOptions Recovery { get; } = new() { InfoFirst = false };

    [Theory]
    [InlineData(200, OneVideo)]
    [InlineData(400, NotFound)]
    public async Task When_the_manifest_cannot_be_stored_it_is_a_fault(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, NeverRecordedInfo);
        Store.Failure = new StoreException("unreachable", "Blob Storage cannot be reached.", new IOException());

        var result = await FetchAsync(Message);
        var last = await FetchAsync(Message, Fresh with { Faults = 5 });

        var error = Assert.IsType<LookOutcome.NotStored>(result.Outcome).Failure;
        Assert.Equal(("manifestStore.unreachable", "Blob Storage cannot be reached."), (error.Code, error.Message));
        var again = Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        Assert.Equal((1, 0, Trigger.MeetingEnded), (again.Lineage.Faults, again.Lineage.Checks, again.Trigger));
        Assert.InRange(again.After, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));
        Assert.Equal("retriesSpent", Assert.IsType<RecoveryAction.Poison>(last.Action).Reason);
    }

    [Fact]
    public async Task When_the_store_cannot_say_what_is_known_it_is_a_fault_and_DingTalk_is_not_asked()
    {
        Store.ReadFailure = new StoreException("unreadable", "The stored manifest is another conference's.", new InvalidDataException());

        var result = await FetchAsync(Message);

        Assert.Equal("manifestStore.unreadable", Assert.IsType<LookOutcome.NotStored>(result.Outcome).Failure.Code);
        Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        AssertCalls();
    }

    [Fact]
    public async Task The_span_of_a_write_tells_what_became_of_the_manifest()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);
        using var seen = new SeenTelemetry();

        await FetchAsync(Message);
        await FetchAsync(Message with { Trigger = Trigger.Recheck });

        Assert.Equal(
            [
                ("read manifest", null, ActivityStatusCode.Unset),
                ("write manifest", "Created", ActivityStatusCode.Unset),
                ("read manifest", null, ActivityStatusCode.Unset),
                ("write manifest", "Updated", ActivityStatusCode.Unset),
            ],
            StoreSpans(seen).Select(static span => (span.OperationName, span.GetTagItem("manifest.write"), span.Status)));
    }

    [Fact]
    public async Task The_span_of_a_store_that_fails_holds_its_code()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);
        Store.Failure = new StoreException("unreachable", "Blob Storage cannot be reached.", new IOException());
        using var seen = new SeenTelemetry();

        await FetchAsync(Message);
        Store.ReadFailure = Store.Failure;
        await FetchAsync(Message);

        Assert.Equal(
            [("write manifest", ActivityStatusCode.Error, "unreachable"), ("read manifest", ActivityStatusCode.Error, "unreachable")],
            StoreSpans(seen).Where(static span => span.Status == ActivityStatusCode.Error).Select(static span => (span.OperationName, span.Status, span.StatusDescription)));
    }

    private static IEnumerable<Activity> StoreSpans(SeenTelemetry seen)
        => seen.Spans.Where(static span => span.OperationName.EndsWith(" manifest", StringComparison.Ordinal));
}
