using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Failed;

namespace MeetingRecordings.Functions.Tests.Failed;

public sealed class FailedDropTests : FailedMessagesTest
{
    [Fact]
    public async Task A_dropped_message_is_gone_and_nothing_isSent()
    {
        DeadLetters.Add(1);
        DeadLetters.Add(2, "no JSON");

        var result = await Drop.DropAsync(FailedQueue.DeadLetter, 2, "garbage", Cancellation);

        Assert.Equal(MessageOutcome.Dropped, result.Outcome);
        Assert.Equal([1L], DeadLetters.Left);
        Assert.Empty(DeadLetters.Locked);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task A_message_that_cannot_be_dropped_stays_and_says_why()
    {
        Add(1);
        Poison.CompleteFailure = static _ => new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        var result = await Drop.DropAsync(FailedQueue.Poison, 1, "garbage", Cancellation);

        Assert.Equal(MessageOutcome.Failed, result.Outcome);
        Assert.Contains("ServiceBusy", result.Detail, StringComparison.Ordinal);
        Assert.Empty(Poison.Locked);
    }
}
