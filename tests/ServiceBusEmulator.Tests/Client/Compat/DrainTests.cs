using Amqp.Framing;
using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client.Compat;

/// <summary>Receiving from a broker that does not answer a drain.</summary>
public class DrainTests
{
    private const int Limit = 60_000;
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    [Fact(Timeout = Limit)]
    public async Task A_receive_that_gets_less_than_it_asked_for_leaves_its_messages_to_be_settled_where_they_came_from()
    {
        await using var broker = new DrainlessBroker("queue");
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using var receiver = client.CreateReceiver("queue");
        broker.Enqueue("1");
        var first = Assert.Single(await receiver.ReceiveMessagesAsync(5, Ample, TestContext.Current.CancellationToken));

        // The receive after it gets what the credit of the first one still brings.
        broker.Enqueue("2");
        var second = await receiver.ReceiveMessageAsync(Ample, TestContext.Current.CancellationToken);
        await receiver.CompleteMessageAsync(first, TestContext.Current.CancellationToken);
        await receiver.CompleteMessageAsync(second, TestContext.Current.CancellationToken);

        Assert.Equal("2", second.Body.ToString());
        Assert.All(broker.Outcomes, static outcome => Assert.IsType<Accepted>(outcome));
        Assert.Equal(2, broker.Outcomes.Count);
    }

    [Fact(Timeout = Limit)]
    public async Task What_comes_after_a_receive_has_ended_is_given_back_when_the_receiver_closes()
    {
        await using var broker = new DrainlessBroker("queue");
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using var receiver = client.CreateReceiver("queue");
        broker.Enqueue("1");
        var first = Assert.Single(await receiver.ReceiveMessagesAsync(2, Ample, TestContext.Current.CancellationToken));
        broker.Enqueue("unseen");
        await receiver.CompleteMessageAsync(first, TestContext.Current.CancellationToken);

        await receiver.CloseAsync(TestContext.Current.CancellationToken);

        Assert.IsType<Accepted>(broker.Outcomes.First());
        Assert.DoesNotContain(broker.Outcomes.Skip(1), static outcome => outcome is Accepted);
    }
}
