using Azure.Core.Amqp;
using MeetingRecordings.Functions.Failed;

namespace MeetingRecordings.Functions.Tests.Failed;

/// <summary>One message whose body no Service Bus client sends must not keep an operator from its neighbours.</summary>
public sealed class OddBodyTests : FailedMessagesTest
{
    public OddBodyTests()
    {
        Add(1);
        Poison.Add(2, AmqpMessageBody.FromValue("""{"conferenceId":"conf-2","trigger":"meetingEnded"}"""));
        Poison.Add(3, AmqpMessageBody.FromSequence([["a", "b"]]));
        Poison.Add(4, AmqpMessageBody.FromValue(new Dictionary<string, object> { ["a"] = 1 }));
        Add(5);
    }

    [Fact]
    public async Task All_are_listed()
    {
        var page = await List.ListAsync(FailedQueue.Poison, new FailedSelection.All(), 100, 0, Cancellation);

        Assert.Equal(["conf-1", "conf-2", null, null, "conf-5"], page.Messages.Select(static m => m.ConferenceId));
    }

    [Fact]
    public async Task Those_that_hold_a_conference_are_replayed_and_the_others_are_named()
    {
        var answer = await Replay.ReplayAsync(FailedQueue.Poison, new FailedSelection.All(), 100, dryRun: false, "nobody", Cancellation);

        Assert.Equal(
            [MessageOutcome.Replayed, MessageOutcome.Replayed, MessageOutcome.Unreadable, MessageOutcome.Unreadable, MessageOutcome.Replayed],
            answer.Results.Select(static r => r.Outcome));
        Assert.Equal([3L, 4], Poison.Left);
    }

    [Fact]
    public async Task Each_can_be_dropped()
    {
        foreach (var id in new long[] { 2, 3, 4 })
        {
            Assert.Equal(MessageOutcome.Dropped, (await Drop.DropAsync(FailedQueue.Poison, id, "odd", "nobody", Cancellation)).Outcome);
        }

        Assert.Equal([1L, 5], Poison.Left);
    }
}
