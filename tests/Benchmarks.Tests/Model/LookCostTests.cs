using Benchmarks.Model;

namespace Benchmarks.Tests.Model;

public class LookCostTests
{
    [Fact]
    public void A_recorded_meeting_that_is_ready_at_once_takes_two_calls_and_one_write()
    {
        var cost = new MeetingMix(RecordedShare: 1, NotReadyLooks: 0).PerMeeting;

        Assert.Equal(new LookCost(DingTalkCalls: 2, Credits: 4, Operations: 6, Writes: 1, Reads: 1, Executions: 3), cost);
    }

    [Fact]
    public void A_meeting_that_nobody_recorded_takes_two_calls_and_one_write()
    {
        var cost = new MeetingMix(RecordedShare: 0).PerMeeting;

        Assert.Equal(new LookCost(DingTalkCalls: 2, Credits: 2, Operations: 3, Writes: 1, Reads: 0, Executions: 2), cost);
    }

    [Fact]
    public void Every_message_is_sent_received_and_completed_once()
    {
        // Two messages: the push's, and that of the second look.
        var cost = LookCost.Notification + LookCost.Recorded + LookCost.SecondLook;

        Assert.Equal(2 * 2, cost.Credits);
        Assert.Equal(2 * 3, cost.Operations);
    }
}
