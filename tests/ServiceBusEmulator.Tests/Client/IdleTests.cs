using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests.Client;

/// <summary>A broker detaches links that nothing goes over for ten minutes; nobody who uses a client notices.</summary>
public sealed class IdleTests : ClientTest
{
    private static readonly TimeSpan LongerThanLinksLive = TimeSpan.FromMinutes(12);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    protected override TimeProvider Clock => _clock;

    [Fact(Timeout = Limit)]
    public async Task A_sender_and_a_receiver_go_on_after_they_were_idle()
    {
        await using var sender = Client.CreateSender(Queue);
        await using var receiver = Client.CreateReceiver(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("first"), TestEnd);
        await receiver.CompleteMessageAsync(await ReceiveAsync(receiver), TestEnd);

        _clock.Advance(LongerThanLinksLive);

        await sender.SendMessageAsync(new ServiceBusMessage("second"), TestEnd);
        var message = await ReceiveAsync(receiver);
        await receiver.CompleteMessageAsync(message, TestEnd);
        Assert.Equal("second", message.Body.ToString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_processor_goes_on_after_it_was_idle()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var processor = Client.CreateProcessor(Queue);
        processor.ProcessMessageAsync += args =>
        {
            (args.Message.Body.ToString() == "second" ? second : first).TrySetResult();
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += static _ => Task.CompletedTask;
        await processor.StartProcessingAsync(TestEnd);
        await SendAsync(Queue, new ServiceBusMessage("first"));
        await first.Task.WaitAsync(TestEnd);

        _clock.Advance(LongerThanLinksLive);

        await SendAsync(Queue, new ServiceBusMessage("second"));
        await second.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);
    }
}
