using Amqp;
using Amqp.Framing;
using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client.Compat;

public sealed class ForeignBrokerTests : IAsyncLifetime
{
    private const int Limit = 60_000;
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(150);

    private readonly ForeignBroker _broker = new();
    private readonly ServiceBusClient _client;

    public ForeignBrokerTests() => _client = new ServiceBusClient(_broker.ConnectionString);

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _broker.Close();
    }

    [Fact(Timeout = Limit)]
    public async Task A_delivery_that_cannot_be_settled_later_is_not_settled_on_arrival()
    {
        _broker.GivesLocks = false;
        _broker.Add(new Message("m"));
        await using (var receiver = _client.CreateReceiver("q"))
        {
            var message = await receiver.ReceiveMessageAsync(Ample, TestEnd);
            Assert.Equal(Guid.Empty, Guid.Parse(message.LockToken));
        }

        // The broker takes back what its link leaves unsettled.
        Assert.IsType<Released>(await _broker.Outcomes.ReadAsync(TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_batch_of_one_message_goes_as_that_message_as_often_as_it_is_sent()
    {
        await using var sender = _client.CreateSender("q");
        using var batch = await sender.CreateMessageBatchAsync(TestEnd);
        Assert.True(batch.TryAddMessage(new ServiceBusMessage("body") { MessageId = "id", ApplicationProperties = { ["a"] = 1 } }));

        await sender.SendMessagesAsync(batch, TestEnd);
        await sender.SendMessagesAsync(batch, TestEnd);
        await sender.SendMessagesAsync([new ServiceBusMessage("body") { MessageId = "id", ApplicationProperties = { ["a"] = 1 } }], TestEnd);

        for (var i = 0; i < 3; i++)
        {
            var message = await _broker.Messages.ReadAsync(TestEnd);
            Assert.Equal(0u, message.Format);
            Assert.Equal("id", message.Properties.MessageId);
            Assert.Equal(1, message.ApplicationProperties["a"]);
            Assert.Equal("body"u8.ToArray(), Assert.IsType<Data>(message.BodySection).Binary);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_are_received_and_settled_after_receives_that_found_nothing()
    {
        await using var receiver = _client.CreateReceiver("q");
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await receiver.ReceiveMessageAsync(Glance, TestEnd));
            _broker.Add(new Message("m"));
            var message = await receiver.ReceiveMessageAsync(Ample, TestEnd);
            await receiver.CompleteMessageAsync(message, TestEnd);
            Assert.IsType<Accepted>(await _broker.Outcomes.ReadAsync(TestEnd));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Where_no_drain_is_answered_messages_are_still_settled_on_the_link_that_brought_them()
    {
        _broker.AnswersDrains = false;
        await using var receiver = _client.CreateReceiver("q");
        _broker.Add(new Message("1"));
        var first = Assert.Single(await receiver.ReceiveMessagesAsync(5, Ample, TestEnd));

        // The next receive gets what the credit of the first one still brings.
        _broker.Add(new Message("2"));
        var second = await receiver.ReceiveMessageAsync(Ample, TestEnd);
        await receiver.CompleteMessageAsync(first, TestEnd);
        await receiver.CompleteMessageAsync(second, TestEnd);

        Assert.IsType<Accepted>(await _broker.Outcomes.ReadAsync(TestEnd));
        Assert.IsType<Accepted>(await _broker.Outcomes.ReadAsync(TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task Where_no_drain_is_answered_what_comes_after_a_receive_is_given_back_when_the_receiver_closes()
    {
        _broker.AnswersDrains = false;
        await using (var receiver = _client.CreateReceiver("q"))
        {
            _broker.Add(new Message("1"));
            var message = Assert.Single(await receiver.ReceiveMessagesAsync(2, Ample, TestEnd));
            _broker.Add(new Message("unseen"));
            await receiver.CompleteMessageAsync(message, TestEnd);
        }

        Assert.IsType<Accepted>(await _broker.Outcomes.ReadAsync(TestEnd));
        Assert.True(!_broker.Outcomes.TryRead(out var unseen) || unseen is Released, $"What nobody has seen was settled: {unseen}.");
    }

    [Fact(Timeout = Limit)]
    public async Task A_processor_handles_what_comes()
    {
        const int Messages = 200;
        var left = Messages;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var processor = _client.CreateProcessor("q", new ServiceBusProcessorOptions { MaxConcurrentCalls = 16, MaxAutoLockRenewalDuration = TimeSpan.Zero });
        processor.ProcessMessageAsync += _ =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args =>
        {
            all.TrySetException(args.Exception);
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(TestEnd);
        for (var i = 0; i < Messages; i++)
        {
            _broker.Add(new Message("m"));
        }

        await all.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);

        for (var i = 0; i < Messages; i++)
        {
            Assert.IsType<Accepted>(await _broker.Outcomes.ReadAsync(TestEnd));
        }
    }
}
