using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

/// <summary>The numbers with which docs/operations.md reckons.</summary>
public class LookCostTests
{
    [Fact]
    public void A_recorded_meeting_takes_four_pushes_four_looks_two_calls_and_two_writes()
        => Assert.Equal(
            new LookCost(DingTalkCalls: 2, Credits: 8, Operations: 12, Writes: 2, Reads: 5, Executions: 8), new MeetingMix(RecordedShare: 1).PerMeeting);

    [Fact]
    public void A_meeting_that_nobody_recorded_takes_two_pushes_two_looks_one_call_and_one_write()
        => Assert.Equal(
            new LookCost(DingTalkCalls: 1, Credits: 4, Operations: 6, Writes: 1, Reads: 2, Executions: 4), new MeetingMix(RecordedShare: 0).PerMeeting);

    [Fact]
    public void Every_message_is_sent_received_and_completed_once()
    {
        var cost = LookCost.Notification + LookCost.Announced;

        Assert.Equal(2, cost.Credits);
        Assert.Equal(3, cost.Operations);
    }
}
