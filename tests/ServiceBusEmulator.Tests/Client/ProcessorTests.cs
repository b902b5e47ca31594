using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure.Messaging.ServiceBus;

namespace ServiceBusEmulator.Tests.Client;

public class ProcessorTests : ClientTest
{
    [Fact(Timeout = Limit)]
    public async Task Handled_messages_are_completed()
    {
        await using var processor = Client.CreateProcessor(Queue);
        var bodies = Channel.CreateUnbounded<string>();
        processor.ProcessMessageAsync += async args => await bodies.Writer.WriteAsync(args.Message.Body.ToString(), TestEnd);
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        Assert.True(processor.IsProcessing);

        await SendAsync(Queue, [.. Enumerable.Range(0, 20).Select(i => new ServiceBusMessage($"{i}"))]);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"{i}", await bodies.Reader.ReadAsync(TestEnd));
        }

        await processor.StopProcessingAsync(TestEnd);
        Assert.False(processor.IsProcessing);
        await AssertNothingLeftAsync(Queue);
    }

    [Fact(Timeout = Limit)]
    public async Task As_many_handlers_run_at_once_as_were_allowed_and_no_more()
    {
        const int calls = 4;
        await SendAsync(Queue, [.. Enumerable.Range(0, 3 * calls).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = calls });
        var running = 0;
        var most = 0;
        var handled = new CountdownEvent(3 * calls);
        var full = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        processor.ProcessMessageAsync += async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == calls)
            {
                full.TrySetResult();
            }

            await full.Task;
            Interlocked.Decrement(ref running);
            if (handled.Signal())
            {
                done.TrySetResult();
            }
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);

        await done.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);

        Assert.Equal(calls, most);
        await AssertNothingLeftAsync(Queue);
    }

    [Fact(Timeout = Limit)]
    public async Task More_handlers_can_be_allowed_while_it_runs()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 3).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 1 });
        var entered = Channel.CreateUnbounded<string>();
        var leave = new TaskCompletionSource();
        processor.ProcessMessageAsync += async args =>
        {
            await entered.Writer.WriteAsync(args.Message.Body.ToString(), TestEnd);
            await leave.Task;
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        Assert.Equal("0", await entered.Reader.ReadAsync(TestEnd));

        processor.UpdateConcurrency(3);

        Assert.Equal(["1", "2"], new[] { await entered.Reader.ReadAsync(TestEnd), await entered.Reader.ReadAsync(TestEnd) }.Order());
        leave.SetResult();
        await processor.StopProcessingAsync(TestEnd);
        Assert.Equal(3, processor.MaxConcurrentCalls);
    }

    [Fact(Timeout = Limit)]
    public async Task Fewer_handlers_can_be_allowed_while_it_runs()
    {
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 8 });
        var entered = Channel.CreateUnbounded<string>();
        var leave = Channel.CreateUnbounded<bool>();
        processor.ProcessMessageAsync += async args =>
        {
            await entered.Writer.WriteAsync(args.Message.Body.ToString(), TestEnd);
            await leave.Reader.ReadAsync(TestEnd);
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        await SendAsync(Queue, new ServiceBusMessage("0"));
        Assert.Equal("0", await entered.Reader.ReadAsync(TestEnd));
        await leave.Writer.WriteAsync(true, TestEnd);
        processor.UpdateConcurrency(1);

        await SendAsync(Queue, new ServiceBusMessage("1"), new ServiceBusMessage("2"));

        Assert.NotEqual(string.Empty, await entered.Reader.ReadAsync(TestEnd));
        await leave.Writer.WriteAsync(true, TestEnd);
        Assert.NotEqual(string.Empty, await entered.Reader.ReadAsync(TestEnd));
        await leave.Writer.WriteAsync(true, TestEnd);
        await processor.StopProcessingAsync(TestEnd);
        await AssertNothingLeftAsync(Queue);
    }

    [Fact(Timeout = Limit)]
    public async Task A_handler_that_throws_is_reported_and_its_message_comes_again()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(Queue);
        var counts = Channel.CreateUnbounded<int>();
        var errors = Channel.CreateUnbounded<ProcessErrorEventArgs>();
        processor.ProcessMessageAsync += async args =>
        {
            await counts.Writer.WriteAsync(args.Message.DeliveryCount, TestEnd);
            if (args.Message.DeliveryCount == 1)
            {
                throw new InvalidOperationException("on purpose");
            }
        };
        processor.ProcessErrorAsync += async args => await errors.Writer.WriteAsync(args, TestEnd);
        await processor.StartProcessingAsync(TestEnd);

        Assert.Equal(1, await counts.Reader.ReadAsync(TestEnd));
        var error = await errors.Reader.ReadAsync(TestEnd);
        Assert.Equal(2, await counts.Reader.ReadAsync(TestEnd));
        await processor.StopProcessingAsync(TestEnd);

        Assert.Equal(ServiceBusErrorSource.ProcessMessageCallback, error.ErrorSource);
        Assert.Equal("on purpose", Assert.IsType<InvalidOperationException>(error.Exception).Message);
        Assert.Equal(Queue, error.EntityPath);
        Assert.Equal(Client.FullyQualifiedNamespace, error.FullyQualifiedNamespace);
        await AssertNothingLeftAsync(Queue);
    }

    [Fact(Timeout = Limit)]
    public async Task An_error_handler_that_throws_changes_nothing()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(Queue);
        var again = new TaskCompletionSource();
        processor.ProcessMessageAsync += args =>
        {
            if (args.Message.DeliveryCount == 1)
            {
                throw new InvalidOperationException("on purpose");
            }

            again.TrySetResult();
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += _ => throw new InvalidOperationException("on purpose, too");
        await processor.StartProcessingAsync(TestEnd);

        await again.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);
        await AssertNothingLeftAsync(Queue);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_its_handler_settled_is_left_alone()
    {
        await SendAsync(Queue, new ServiceBusMessage("dead-letter"), new ServiceBusMessage("complete"));
        await using var processor = Client.CreateProcessor(Queue);
        var handled = Channel.CreateUnbounded<bool>();
        processor.ProcessMessageAsync += async args =>
        {
            if (args.Message.Body.ToString() == "complete")
            {
                await args.CompleteMessageAsync(args.Message, TestEnd);
            }
            else
            {
                await args.DeadLetterMessageAsync(args.Message, "reason", "description", TestEnd);
            }

            await handled.Writer.WriteAsync(true, TestEnd);
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        await handled.Reader.ReadAsync(TestEnd);
        await handled.Reader.ReadAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);

        await AssertNothingLeftAsync(Queue);
        await using var deadLetters = DeadLettersOf(Queue);
        Assert.Equal("reason", (await ReceiveAsync(deadLetters)).DeadLetterReason);
    }

    [Fact(Timeout = Limit)]
    public async Task A_processor_can_leave_settlement_to_its_handler()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { AutoCompleteMessages = false });
        var handled = new TaskCompletionSource<ServiceBusReceivedMessage>();
        processor.ProcessMessageAsync += args =>
        {
            handled.TrySetResult(args.Message);
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        var message = await handled.Task.WaitAsync(TestEnd);
        await processor.CloseAsync(TestEnd);
        await using var receiver = Client.CreateReceiver(Queue);

        Assert.NotNull(await receiver.PeekMessageAsync(1, TestEnd));
        await receiver.CompleteMessageAsync(message, TestEnd);
        await AssertNothingLeftAsync(Queue);
    }

    [Fact(Timeout = Limit)]
    public async Task Locks_are_renewed_while_a_handler_runs()
    {
        await SendAsync(Hasty, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(Hasty);
        await using var other = Client.CreateReceiver(Hasty);
        var handled = new TaskCompletionSource<int>();
        processor.ProcessMessageAsync += async args =>
        {
            // The lock lasts 1 s; had it ended, this would get the message.
            var stolen = await other.ReceiveMessageAsync(TimeSpan.FromSeconds(2.5), TestEnd);
            handled.TrySetResult(stolen?.DeliveryCount ?? 0);
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);

        Assert.Equal(0, await handled.Task.WaitAsync(TestEnd));
        await processor.StopProcessingAsync(TestEnd);
        await AssertNothingLeftAsync(Hasty);
    }

    [Fact(Timeout = Limit)]
    public async Task Locks_are_not_renewed_beyond_the_longest_time_and_completing_fails()
    {
        await SendAsync(Hasty, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(
            Hasty,
            new ServiceBusProcessorOptions { MaxAutoLockRenewalDuration = TimeSpan.Zero });
        await using var other = Client.CreateReceiver(Hasty);
        var errors = Channel.CreateUnbounded<ProcessErrorEventArgs>();
        var stolen = new TaskCompletionSource<ServiceBusReceivedMessage>();
        processor.ProcessMessageAsync += async _ => stolen.TrySetResult(await ReceiveAsync(other));
        processor.ProcessErrorAsync += async args => await errors.Writer.WriteAsync(args, TestEnd);
        await processor.StartProcessingAsync(TestEnd);

        var message = await stolen.Task.WaitAsync(TestEnd);
        var error = await errors.Reader.ReadAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);

        Assert.Equal(2, message.DeliveryCount);
        Assert.Equal(ServiceBusErrorSource.Complete, error.ErrorSource);
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, Assert.IsType<ServiceBusException>(error.Exception).Reason);
        Assert.False(errors.Reader.TryRead(out _));
    }

    [Fact(Timeout = Limit)]
    public async Task A_lock_that_cannot_be_renewed_is_reported()
    {
        await SendAsync(Hasty, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(Hasty, new ServiceBusProcessorOptions { AutoCompleteMessages = false });
        await using var other = Client.CreateReceiver(Hasty);
        var errors = Channel.CreateUnbounded<ProcessErrorEventArgs>();
        var handled = new TaskCompletionSource();
        processor.ProcessMessageAsync += async args =>
        {
            // Somebody else takes the message away.
            await other.CompleteMessageAsync(args.Message, TestEnd);
            await handled.Task;
        };
        processor.ProcessErrorAsync += async args => await errors.Writer.WriteAsync(args, TestEnd);
        await processor.StartProcessingAsync(TestEnd);

        var error = await errors.Reader.ReadAsync(TestEnd);
        handled.SetResult();
        await processor.StopProcessingAsync(TestEnd);

        Assert.Equal(ServiceBusErrorSource.RenewLock, error.ErrorSource);
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, Assert.IsType<ServiceBusException>(error.Exception).Reason);
    }

    [Fact(Timeout = Limit)]
    public async Task A_stop_waits_for_the_handlers_that_run()
    {
        await SendAsync(Queue, new ServiceBusMessage("0"), new ServiceBusMessage("1"));
        await using var processor = Client.CreateProcessor(Queue);
        var entered = new TaskCompletionSource<ProcessMessageEventArgs>();
        var leave = new TaskCompletionSource();
        processor.ProcessMessageAsync += async args =>
        {
            entered.TrySetResult(args);
            await leave.Task;
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        var args = await entered.Task.WaitAsync(TestEnd);

        var stop = processor.StopProcessingAsync(TestEnd);
        await WhenCanceledAsync(args.CancellationToken);
        Assert.False(stop.IsCompleted);
        leave.SetResult();
        await stop;

        // The first was completed all the same, the second is not locked.
        await using var receiver = Client.CreateReceiver(Queue);
        var second = await ReceiveAsync(receiver);
        Assert.Equal("1", second.Body.ToString());
        Assert.Equal(1, second.DeliveryCount);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_whose_handler_gives_up_for_a_stop_comes_again_when_its_lock_ends()
    {
        await SendAsync(Hasty, new ServiceBusMessage("body"));
        await using var processor = Client.CreateProcessor(Hasty);
        var entered = new TaskCompletionSource();
        processor.ProcessMessageAsync += async args =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, args.CancellationToken);
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync(TestEnd);
        await entered.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);
        await using var receiver = Client.CreateReceiver(Hasty);

        Assert.Equal(2, (await ReceiveAsync(receiver)).DeliveryCount);
    }

    [Fact(Timeout = Limit)]
    public async Task An_idle_processor_stops_and_locks_nothing_more()
    {
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 16 });
        var handled = new TaskCompletionSource();
        processor.ProcessMessageAsync += _ =>
        {
            handled.TrySetResult();
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);
        await SendAsync(Queue, new ServiceBusMessage("first"));
        await handled.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);

        await SendAsync(Queue, [.. Enumerable.Range(0, 16).Select(i => new ServiceBusMessage($"{i}"))]);

        await using var receiver = Client.CreateReceiver(Queue);
        Assert.All(await ReceiveAsync(receiver, 16), message => Assert.Equal(1, message.DeliveryCount));
    }

    [Fact(Timeout = Limit)]
    public async Task A_processor_can_be_started_again()
    {
        await using var processor = Client.CreateProcessor(Queue);
        var bodies = Channel.CreateUnbounded<string>();
        processor.ProcessMessageAsync += async args => await bodies.Writer.WriteAsync(args.Message.Body.ToString(), TestEnd);
        processor.ProcessErrorAsync += Unexpected;

        for (var i = 0; i < 3; i++)
        {
            await processor.StartProcessingAsync(TestEnd);
            await SendAsync(Queue, new ServiceBusMessage($"{i}"));
            Assert.Equal($"{i}", await bodies.Reader.ReadAsync(TestEnd));
            await processor.StopProcessingAsync(TestEnd);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_can_be_deleted_as_they_are_received()
    {
        await SendAsync(Queue, [.. Enumerable.Range(0, 10).Select(i => new ServiceBusMessage($"{i}"))]);
        await using var processor = Client.CreateProcessor(
            Queue,
            new ServiceBusProcessorOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete, PrefetchCount = 5 });
        var bodies = Channel.CreateUnbounded<string>();
        processor.ProcessMessageAsync += async args => await bodies.Writer.WriteAsync(args.Message.Body.ToString(), TestEnd);
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal($"{i}", await bodies.Reader.ReadAsync(TestEnd));
        }

        await processor.StopProcessingAsync(TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task Dead_letters_can_be_processed()
    {
        await SendAsync(Queue, new ServiceBusMessage("body"));
        await using var receiver = Client.CreateReceiver(Queue);
        await receiver.DeadLetterMessageAsync(await ReceiveAsync(receiver), "reason", cancellationToken: TestEnd);
        await using var processor = Client.CreateProcessor(Queue, new ServiceBusProcessorOptions { SubQueue = SubQueue.DeadLetter });
        var reason = new TaskCompletionSource<string>();
        processor.ProcessMessageAsync += args =>
        {
            reason.TrySetResult(args.Message.DeadLetterReason);
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += Unexpected;
        await processor.StartProcessingAsync(TestEnd);

        Assert.Equal("reason", await reason.Task.WaitAsync(TestEnd));
        await processor.StopProcessingAsync(TestEnd);
    }

    [Fact(Timeout = Limit)]
    public async Task A_queue_that_does_not_exist_is_reported()
    {
        await using var processor = Client.CreateProcessor("no-such-queue");
        var errors = new ConcurrentQueue<ProcessErrorEventArgs>();
        var first = new TaskCompletionSource();
        processor.ProcessMessageAsync += _ => Task.CompletedTask;
        processor.ProcessErrorAsync += args =>
        {
            errors.Enqueue(args);
            first.TrySetResult();
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(TestEnd);
        await first.Task.WaitAsync(TestEnd);
        await processor.StopProcessingAsync(TestEnd);

        var error = errors.First();
        Assert.Equal(ServiceBusErrorSource.Receive, error.ErrorSource);
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, Assert.IsType<ServiceBusException>(error.Exception).Reason);
    }

    [Fact(Timeout = Limit)]
    public async Task A_receive_that_fails_for_good_is_not_made_again_at_once_and_a_stop_does_not_wait_for_it()
    {
        await using var client = Connect(new ServiceBusClientOptions
        {
            RetryOptions = new ServiceBusRetryOptions { Mode = ServiceBusRetryMode.Fixed, Delay = TimeSpan.FromMinutes(5), MaxDelay = TimeSpan.FromMinutes(5) },
        });
        await using var processor = client.CreateProcessor("no-such-queue");
        var errors = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        processor.ProcessMessageAsync += static _ => Task.CompletedTask;
        processor.ProcessErrorAsync += _ =>
        {
            Interlocked.Increment(ref errors);
            first.TrySetResult();
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(TestEnd);
        await first.Task.WaitAsync(TestEnd);
        await Task.Delay(Glance, TestEnd);

        await processor.StopProcessingAsync(TestEnd);

        Assert.Equal(1, errors);
    }

    [Fact(Timeout = Limit)]
    public async Task A_processor_needs_its_handlers_and_runs_once()
    {
        await using var processor = Client.CreateProcessor(Queue);
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync(TestEnd));
        processor.ProcessMessageAsync += _ => Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync(TestEnd));
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync(TestEnd);
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync(TestEnd));
        await processor.CloseAsync(TestEnd);

        Assert.True(processor.IsClosed);
        Assert.False(processor.IsProcessing);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => processor.StartProcessingAsync(TestEnd));
    }

    private static Task Unexpected(ProcessErrorEventArgs args)
    {
        TestContext.Current.SendDiagnosticMessage("Unexpected {0}: {1}", args.ErrorSource, args.Exception);
        Assert.Fail($"{args.ErrorSource}: {args.Exception}");
        return Task.CompletedTask;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static async Task WhenCanceledAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(canceled.SetResult);
        await canceled.Task.WaitAsync(TestEnd);
    }

    private async Task AssertNothingLeftAsync(string queue)
    {
        await using var receiver = Client.CreateReceiver(queue);
        Assert.Null(await receiver.PeekMessageAsync(1, TestEnd));
    }
}
