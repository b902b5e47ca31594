using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

public class DeadLetteringTests
{
    [Fact]
    public void A_dead_lettered_message_tells_its_reason_and_description_and_what_was_changed()
    {
        var test = new QueueUnderTest();
        test.Send("a");

        test.Queue.DeadLetter(test.Take().LockToken, "reason", "description", new Dictionary<string, object?> { ["x"] = 1 });

        var dead = test.TakeDeadLetter();
        Assert.Equal("a", dead.Content.MessageId);
        Assert.Equal(
            new Dictionary<string, object?> { ["x"] = 1, ["DeadLetterReason"] = "reason", ["DeadLetterErrorDescription"] = "description" },
            dead.ChangedProperties);
        Assert.Equal(new QueueCounts(Active: 0, Scheduled: 0, DeadLettered: 1, Locked: 0), test.Queue.Counts);
    }

    [Fact]
    public void Without_a_reason_none_is_made_up()
    {
        var test = new QueueUnderTest();
        test.Send("a");

        test.Queue.DeadLetter(test.Take().LockToken, null, null);

        Assert.Null(test.TakeDeadLetter().ChangedProperties);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_that_came_back_as_often_as_allowed_is_dead_lettered(bool byLockExpiry)
    {
        var test = new QueueUnderTest(static options => options with { MaxDeliveryCount = 3 });
        test.Send("a");
        for (var delivery = 0; delivery < 3; delivery++)
        {
            var message = test.Take();
            Assert.Equal(delivery, message.DeliveryCount);
            if (byLockExpiry)
            {
                test.Clock.Advance(TimeSpan.FromMinutes(1));
            }
            else
            {
                test.Queue.Abandon(message.LockToken);
            }
        }

        Assert.Empty(test.TakeAll());
        var dead = test.TakeDeadLetter();
        Assert.Equal("MaxDeliveryCountExceeded", dead.ChangedProperties!["DeadLetterReason"]);
        Assert.Equal("Message could not be consumed after 3 delivery attempts.", dead.ChangedProperties["DeadLetterErrorDescription"]);
    }

    [Fact]
    public void Messages_in_a_dead_letter_queue_stay_there_however_often_they_are_handed_out()
    {
        var test = new QueueUnderTest(static options => options with { MaxDeliveryCount = 1 });
        test.Send("a");
        test.Queue.Abandon(test.Take().LockToken);

        for (var i = 0; i < 20; i++)
        {
            test.DeadLetters.Abandon(test.TakeDeadLetter().LockToken);
        }

        Assert.Equal(SettleOutcome.NotAllowed, test.DeadLetters.DeadLetter(test.TakeDeadLetter().LockToken, null, null));
        Assert.Equal(1, test.Queue.Counts.DeadLettered);
    }

    [Fact]
    public void Locks_on_dead_letters_run_out_too()
    {
        var test = new QueueUnderTest();
        test.Send("a");
        test.Queue.DeadLetter(test.Take().LockToken, null, null);
        var token = test.TakeDeadLetter().LockToken;

        test.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(SettleOutcome.LockLost, test.DeadLetters.Complete(token));
        Assert.Equal(SettleOutcome.Applied, test.DeadLetters.Complete(test.TakeDeadLetter().LockToken));
    }
}
