using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

public class SendingTests : ClientTest
{
    [Fact(Timeout = Limit)]
    public async Task A_message_arrives_with_everything_that_was_set_on_it()
    {
        var sent = new ServiceBusMessage("{\"conferenceId\":\"c-1\"}")
        {
            MessageId = "id-1",
            CorrelationId = "correlation",
            Subject = "subject",
            To = "to",
            ReplyTo = "reply",
            ContentType = "application/json",
            TimeToLive = TimeSpan.FromMinutes(7),
        };
        await SendAsync(Queue, sent);
        await using var receiver = Client.CreateReceiver(Queue);

        var message = await ReceiveAsync(receiver);

        Assert.Equal("{\"conferenceId\":\"c-1\"}", message.Body.ToString());
        Assert.Equal("id-1", message.MessageId);
        Assert.Equal("correlation", message.CorrelationId);
        Assert.Equal("subject", message.Subject);
        Assert.Equal("to", message.To);
        Assert.Equal("reply", message.ReplyTo);
        Assert.Equal("application/json", message.ContentType);
        Assert.Equal(TimeSpan.FromMinutes(7), message.TimeToLive);
        Assert.Equal(1, message.DeliveryCount);
        Assert.Equal(ServiceBusMessageState.Active, message.State);
        Assert.NotEqual(Guid.Empty, Guid.Parse(message.LockToken));
        Assert.True(message.SequenceNumber > 0);
        Assert.True(message.LockedUntil > message.EnqueuedTime);
        Assert.True(message.ExpiresAt > message.EnqueuedTime);
    }

    [Fact(Timeout = Limit)]
    public async Task Application_properties_keep_their_types()
    {
        var sent = new ServiceBusMessage("body");
        var values = new Dictionary<string, object>
        {
            ["string"] = "text",
            ["bool"] = true,
            ["int"] = -7,
            ["uint"] = 7u,
            ["long"] = long.MaxValue,
            ["ulong"] = ulong.MaxValue,
            ["short"] = (short)-3,
            ["ushort"] = (ushort)3,
            ["byte"] = (byte)255,
            ["sbyte"] = (sbyte)-1,
            ["double"] = 0.1,
            ["float"] = 0.5f,
            ["char"] = 'é',
            ["guid"] = new Guid("b7a1ab53-3c5a-4f4f-9f0f-3f3c7a2b1c5d"),
            ["time"] = new DateTime(2026, 11, 23, 8, 0, 0, 123, DateTimeKind.Utc),
            ["offset"] = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
            ["span"] = TimeSpan.FromTicks(123_456_789),
            ["uri"] = new Uri("https://example.org/a?b=c"),
            ["decimal"] = -79_228_162_514_264.337593543950335m,
        };
        foreach (var (name, value) in values)
        {
            sent.ApplicationProperties[name] = value;
        }

        await SendAsync(Queue, sent);
        await using var receiver = Client.CreateReceiver(Queue);

        var message = await ReceiveAsync(receiver);

        Assert.Equal(values.OrderBy(pair => pair.Key), message.ApplicationProperties.OrderBy(pair => pair.Key));
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_property_of_another_type_is_refused()
    {
        var message = new ServiceBusMessage("body") { ApplicationProperties = { ["list"] = new Version(1, 2) } };
        await using var sender = Client.CreateSender(Queue);

        await Assert.ThrowsAnyAsync<Exception>(() => sender.SendMessageAsync(message, TestEnd));
        await sender.SendMessageAsync(new ServiceBusMessage("good"), TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task What_was_not_set_on_a_message_arrives_unset()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);

        var message = await ReceiveAsync(receiver);

        Assert.Null(message.CorrelationId);
        Assert.Equal(TimeSpan.MaxValue, message.TimeToLive);
        Assert.Empty(message.ApplicationProperties);
    }

    [Fact(Timeout = Limit)]
    public async Task An_empty_body_arrives_empty()
    {
        await SendAsync(Queue, new ServiceBusMessage());
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Empty((await ReceiveAsync(receiver)).Body.ToArray());
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_sent_together_arrive_in_their_order()
    {
        await using var sender = Client.CreateSender(Queue);
        await sender.SendMessagesAsync(Enumerable.Range(0, 100).Select(i => new ServiceBusMessage($"{i}") { MessageId = $"id-{i}" }), TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        var messages = await ReceiveAsync(receiver, 100);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), messages.Select(message => message.Body.ToString()));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"id-{i}"), messages.Select(message => message.MessageId));
        Assert.Equal(messages.Select(message => message.SequenceNumber).Order(), messages.Select(message => message.SequenceNumber));
    }

    [Fact(Timeout = Limit)]
    public async Task No_messages_is_nothing_to_send()
    {
        await using var sender = Client.CreateSender("no-such-queue");

        await sender.SendMessagesAsync([], TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task Sends_do_not_wait_for_each_other()
    {
        await using var sender = Client.CreateSender(Queue);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => sender.SendMessageAsync(new ServiceBusMessage($"{i}"), TestEnd)));
        await using var receiver = Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });

        var messages = await ReceiveAsync(receiver, 1_000);

        Assert.Equal(1_000, messages.Select(message => message.Body.ToString()).Distinct().Count());
    }

    [Fact(Timeout = Limit)]
    public async Task A_batch_takes_messages_until_it_is_full_and_is_accepted()
    {
        await using var sender = Client.CreateSender(Queue);
        using var batch = await sender.CreateMessageBatchAsync(TestEnd);
        var body = new BinaryData(new byte[1_000]);
        var added = 0;
        while (batch.TryAddMessage(new ServiceBusMessage(body) { MessageId = $"{added}" }))
        {
            added++;
        }

        Assert.Equal(added, batch.Count);
        Assert.InRange(batch.SizeInBytes, batch.MaxSizeInBytes - 1_200, batch.MaxSizeInBytes);
        await sender.SendMessagesAsync(batch, TestEnd);

        await using var receiver = Client.CreateReceiver(Queue);
        var messages = await ReceiveAsync(receiver, added);
        Assert.Equal(Enumerable.Range(0, added).Select(i => $"{i}"), messages.Select(message => message.MessageId));
    }

    [Fact(Timeout = Limit)]
    public async Task A_batch_has_the_limit_that_was_asked_for()
    {
        await using var sender = Client.CreateSender(Queue);
        using var batch = await sender.CreateMessageBatchAsync(new CreateMessageBatchOptions { MaxSizeInBytes = 500 }, TestEnd);

        Assert.Equal(500, batch.MaxSizeInBytes);
        Assert.Equal(0, batch.Count);
        Assert.False(batch.TryAddMessage(new ServiceBusMessage(new byte[500])));
        Assert.True(batch.TryAddMessage(new ServiceBusMessage(new byte[100])));
        Assert.InRange(batch.SizeInBytes, 101, 200);
    }

    [Fact(Timeout = Limit)]
    public async Task A_batch_cannot_ask_for_more_than_the_queue_takes()
    {
        await using var sender = Client.CreateSender(Queue);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await sender.CreateMessageBatchAsync(new CreateMessageBatchOptions { MaxSizeInBytes = 256 * 1024 + 1 }, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_batch_takes_a_message_as_it_is()
    {
        await using var sender = Client.CreateSender(Queue);
        using var batch = await sender.CreateMessageBatchAsync(TestEnd);
        var message = new ServiceBusMessage("before");
        Assert.True(batch.TryAddMessage(message));
        message.Body = new BinaryData("after");
        await sender.SendMessagesAsync(batch, TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Equal("before", (await ReceiveAsync(receiver)).Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_batch_can_be_sent_again()
    {
        await using var sender = Client.CreateSender(Queue);
        using var batch = await sender.CreateMessageBatchAsync(TestEnd);
        batch.TryAddMessage(new ServiceBusMessage("one"));
        batch.TryAddMessage(new ServiceBusMessage("two"));
        await sender.SendMessagesAsync(batch, TestEnd);
        await sender.SendMessagesAsync(batch, TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.Equal(["one", "two", "one", "two"], (await ReceiveAsync(receiver, 4)).Select(message => message.Body.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_is_too_large_is_not_sent()
    {
        await using var sender = Client.CreateSender(Queue);

        var exception = await FailsAsync(
            ServiceBusFailureReason.MessageSizeExceeded,
            () => sender.SendMessageAsync(new ServiceBusMessage(new byte[256 * 1024]), TestEnd));

        Assert.False(exception.IsTransient);
        await sender.SendMessageAsync(new ServiceBusMessage("small"), TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_with_too_large_properties_is_not_sent()
    {
        var message = new ServiceBusMessage("small") { ApplicationProperties = { ["large"] = new string('x', 300_000) } };
        await using var sender = Client.CreateSender(Queue);

        await FailsAsync(ServiceBusFailureReason.MessageSizeExceeded, () => sender.SendMessageAsync(message, TestEnd));
        await sender.SendMessageAsync(new ServiceBusMessage("small"), TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_that_do_not_fit_into_one_batch_are_not_sent()
    {
        await using var sender = Client.CreateSender(Queue);
        var messages = Enumerable.Range(0, 3).Select(_ => new ServiceBusMessage(new byte[100_000]));

        await FailsAsync(ServiceBusFailureReason.MessageSizeExceeded, () => sender.SendMessagesAsync(messages, TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_full_queue_refuses_messages()
    {
        await using var sender = Client.CreateSender(Small);
        await sender.SendMessageAsync(new ServiceBusMessage(new byte[9_000]), TestEnd);

        var exception = await FailsAsync(
            ServiceBusFailureReason.QuotaExceeded,
            () => sender.SendMessageAsync(new ServiceBusMessage(new byte[9_000]), TestEnd));
        Assert.False(exception.IsTransient);
    }

    [Fact(Timeout = Limit)]
    public async Task An_unknown_queue_cannot_be_sent_to()
    {
        await using var sender = Client.CreateSender("no-such-queue");

        var exception = await FailsAsync(
            ServiceBusFailureReason.MessagingEntityNotFound,
            () => sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd));
        Assert.False(exception.IsTransient);
    }

    [Fact(Timeout = Limit)]
    public async Task A_seen_id_is_dropped_where_the_queue_detects_duplicates()
    {
        await SendAsync(
            Distinct,
            new ServiceBusMessage("first") { MessageId = "same" },
            new ServiceBusMessage("second") { MessageId = "same" },
            new ServiceBusMessage("third") { MessageId = "other" });
        await using var receiver = Client.CreateReceiver(Distinct);

        Assert.Equal(["first", "third"], (await ReceiveAsync(receiver, 2)).Select(message => message.Body.ToString()));
        await AssertEmptyAsync(receiver);
    }

    [Fact(Timeout = Limit)]
    public async Task A_received_message_can_be_sent_on()
    {
        await SendAsync(Queue, new ServiceBusMessage("body") { MessageId = "id", ApplicationProperties = { ["step"] = 3 } });
        await using var receiver = Client.CreateReceiver(Queue);
        var first = await ReceiveAsync(receiver);
        await receiver.CompleteMessageAsync(first, TestEnd);
        await SendAsync(Queue, new ServiceBusMessage(first));

        var second = await ReceiveAsync(receiver);

        Assert.Equal("id", second.MessageId);
        Assert.Equal(3, second.ApplicationProperties["step"]);
        Assert.Equal(1, second.DeliveryCount);
        Assert.NotEqual(first.SequenceNumber, second.SequenceNumber);
    }

    [Fact(Timeout = Limit)]
    public async Task A_canceled_send_is_not_made()
    {
        await using var sender = Client.CreateSender(Queue);

        await Assert.ThrowsAsync<TaskCanceledException>(() => sender.SendMessageAsync(new ServiceBusMessage("body"), Canceled));
        await using var receiver = Client.CreateReceiver(Queue);
        await AssertEmptyAsync(receiver);
    }

    [Fact(Timeout = Limit)]
    public async Task A_closed_sender_refuses_to_send()
    {
        var sender = Client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd);
        await sender.CloseAsync(TestEnd);
        await sender.CloseAsync(TestEnd);

        Assert.True(sender.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd));
    }

    [Fact(Timeout = Limit)]
    public async Task A_disposed_client_closes_what_was_made_of_it()
    {
        var client = Connect();
        var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd);
        await client.DisposeAsync();

        Assert.True(client.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sender.SendMessageAsync(new ServiceBusMessage("body"), TestEnd));
        Assert.Throws<ObjectDisposedException>(() => client.CreateSender(Queue));
    }
}
