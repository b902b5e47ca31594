using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Queues;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class BatchingSenderTests : IAsyncDisposable
{
    // As many as the sender has on the way at once.
    private const int RoundTrips = 4;

    private readonly FakeTimeProvider _clock = new();
    private readonly HeldSender _held = new();
    private readonly BatchingSender _sender;

    public BatchingSenderTests() => _sender = new BatchingSender(_held.Sender, _clock);

    public async ValueTask DisposeAsync()
    {
        _held.LetGo();
        await _sender.DisposeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lone_message_goes_at_once_and_its_call_returns_once_it_is_accepted()
    {
        var call = SendAsync("a");
        var send = await _held.NextAsync();

        Assert.Equal(["a"], send.Ids);
        Assert.False(call.IsCompleted);
        send.Succeed();
        await call;
    }

    [Fact]
    public async Task What_comes_while_every_round_trip_is_under_way_goes_in_one_batch_in_its_order()
    {
        var busy = await OccupyAsync();
        string[] ids = [.. Enumerable.Range(0, 100).Select(static i => $"m{i}")];
        var calls = ids.Select(id => SendAsync(id)).ToArray();

        busy[0].Succeed();
        var batch = await _held.NextAsync();

        Assert.Equal(ids, batch.Ids);
        Assert.DoesNotContain(calls, static call => call.IsCompleted);
        batch.Succeed();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_batch_that_fails_fails_its_own_calls_and_no_other()
    {
        var busy = await OccupyAsync();
        Task[] doomed = [SendAsync("a"), SendAsync("b")];
        busy[0].Succeed();
        var first = await _held.NextAsync();
        Task[] spared = [SendAsync("c"), SendAsync("d")];
        busy[1].Succeed();
        var second = await _held.NextAsync();

        first.Fail(new ServiceBusException("no", ServiceBusFailureReason.ServiceBusy));
        second.Succeed();

        await Task.WhenAll(spared);
        foreach (var call in doomed)
        {
            Assert.Equal(ServiceBusFailureReason.ServiceBusy, (await Assert.ThrowsAsync<ServiceBusException>(() => call)).Reason);
        }
    }

    [Fact]
    public async Task A_full_batch_is_followed_by_another_and_no_message_loses_its_place()
    {
        _held.Accepts = static (count, _) => count < 3;
        var busy = await OccupyAsync();
        var calls = Enumerable.Range(0, 7).Select(i => SendAsync($"m{i}")).ToArray();

        busy[0].Succeed();
        foreach (var expected in new string[][] { ["m0", "m1", "m2"], ["m3", "m4", "m5"], ["m6"] })
        {
            var batch = await _held.NextAsync();
            Assert.Equal(expected, batch.Ids);
            batch.Succeed();
        }

        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_message_too_large_for_any_batch_goes_alone_and_only_its_own_call_fails()
    {
        _held.Accepts = static (_, message) => message.MessageId != "large";
        var busy = await OccupyAsync();
        var before = SendAsync("before");
        var large = SendAsync("large");
        var after = SendAsync("after");

        busy[0].Succeed();
        (await _held.NextAsync()).Succeed();
        var alone = await _held.NextAsync();
        Assert.Equal(["large"], alone.Ids);
        Assert.False(alone.IsBatch);
        alone.Fail(new ServiceBusException("too large", ServiceBusFailureReason.MessageSizeExceeded));
        (await _held.NextAsync()).Succeed();

        await before;
        await after;
        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, (await Assert.ThrowsAsync<ServiceBusException>(() => large)).Reason);
    }

    [Fact]
    public async Task A_message_that_cannot_be_encoded_fails_its_own_call_and_no_other()
    {
        _held.Accepts = static (_, message) => message.MessageId == "odd" ? throw new NotSupportedException() : true;
        var busy = await OccupyAsync();
        var before = SendAsync("before");
        var odd = SendAsync("odd");
        var after = SendAsync("after");

        busy[0].Succeed();
        var batch = await _held.NextAsync();
        batch.Succeed();

        Assert.Equal(["before", "after"], batch.Ids);
        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<NotSupportedException>(() => odd);
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_no_other_call()
    {
        var busy = await OccupyAsync();
        using var impatience = new CancellationTokenSource();
        var gone = SendAsync("gone", impatience.Token);
        var patient = SendAsync("patient");
        busy[0].Succeed();
        var batch = await _held.NextAsync();

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(patient.IsCompleted);

        batch.Succeed();
        await patient;
    }

    [Fact]
    public async Task A_message_that_was_given_up_while_it_waited_is_not_sent()
    {
        var busy = await OccupyAsync();
        using var impatience = new CancellationTokenSource();
        var gone = SendAsync("gone", impatience.Token);
        var patient = SendAsync("patient");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        busy[0].Succeed();
        var batch = await _held.NextAsync();
        batch.Succeed();

        Assert.Equal(["patient"], batch.Ids);
        await patient;
    }

    [Fact]
    public async Task Messages_that_were_all_given_up_cost_no_round_trip()
    {
        var busy = await OccupyAsync();
        using var impatience = new CancellationTokenSource();
        var gone = Enumerable.Range(0, 50).Select(i => SendAsync($"gone{i}", impatience.Token)).ToArray();
        await impatience.CancelAsync();
        foreach (var call in gone)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        var made = _held.BatchesMade;
        busy[0].Succeed();
        var next = SendAsync("next");
        (await _held.NextAsync()).Succeed();
        await next;

        Assert.Equal(made + 1, _held.BatchesMade);
    }

    [Fact]
    public async Task A_send_that_hangs_is_given_up_and_what_waits_behind_it_goes()
    {
        await OccupyAsync();
        var behind = SendAsync("behind");

        _clock.Advance(BatchingSender.SendTimeout);
        (await _held.NextAsync()).Succeed();

        await behind;
    }

    [Fact]
    public async Task The_call_of_a_send_that_hangs_is_told_so()
    {
        var call = SendAsync("a");
        await _held.NextAsync();

        _clock.Advance(BatchingSender.SendTimeout);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_made_fails_the_call_that_asked_for_it_and_the_next_is_tried_anew()
    {
        _held.BeforeBatch = static _ => Task.FromException(new ServiceBusException("down", ServiceBusFailureReason.ServiceCommunicationProblem));
        await Assert.ThrowsAsync<ServiceBusException>(() => SendAsync("a"));

        _held.BeforeBatch = static _ => Task.CompletedTask;
        var call = SendAsync("b");
        (await _held.NextAsync()).Succeed();

        await call;
    }

    [Fact]
    public async Task A_connection_that_hangs_before_the_batch_is_made_is_given_up()
    {
        var asked = new TaskCompletionSource();
        _held.BeforeBatch = async token =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var call = SendAsync("a");
        await asked.Task;

        _clock.Advance(BatchingSender.SendTimeout);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task Disposal_sends_what_waits_and_ends_after_it()
    {
        var busy = await OccupyAsync();
        var waiting = Enumerable.Range(0, 10).Select(i => SendAsync($"m{i}")).ToArray();

        var disposal = _sender.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync("late"));
        busy[0].Succeed();
        var last = await _held.NextAsync();
        Assert.False(disposal.IsCompleted);
        last.Succeed();
        foreach (var send in busy[1..])
        {
            send.Succeed();
        }

        await disposal;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Disposal_of_a_sender_that_was_never_used_ends()
    {
        await _sender.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync("late"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Under_load_every_call_ends_as_the_one_send_of_its_message_did(int seed)
    {
        var random = new Random(seed);
        var gate = new Lock();
        var outcomes = new Dictionary<string, bool>();
        var doubled = new SenderDouble(
            async messages =>
            {
                bool fails;
                lock (gate)
                {
                    fails = random.Next(4) == 0;
                    foreach (var message in messages)
                    {
                        outcomes.Add(message.MessageId, !fails);
                    }
                }

                await Task.Yield();
                if (fails)
                {
                    throw new ServiceBusException("no", ServiceBusFailureReason.ServiceBusy);
                }
            },
            (count, message) => count < 5 && !message.MessageId.StartsWith("large", StringComparison.Ordinal));
        await using var sender = new BatchingSender(doubled.Sender, _clock);

        var ends = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(
            async () =>
            {
                var id = i % 50 == 0 ? $"large{i}" : $"m{i}";
                try
                {
                    await sender.SendAsync(new ServiceBusMessage("") { MessageId = id }, Token);
                    return (id, accepted: true);
                }
                catch (ServiceBusException)
                {
                    return (id, accepted: false);
                }
            },
            Token)));

        Assert.Equal(2000, outcomes.Count);
        Assert.All(ends, end => Assert.Equal(outcomes[end.id], end.accepted));
    }

    private Task SendAsync(string id, CancellationToken? token = null)
        => _sender.SendAsync(new ServiceBusMessage("") { MessageId = id }, token ?? Token);

    // Takes every round trip, one message each.
    private async Task<HeldSend[]> OccupyAsync()
    {
        var sends = new List<HeldSend>();
        for (var i = 0; i < RoundTrips; i++)
        {
            _ = SendAsync($"busy{i}");
            sends.Add(await _held.NextAsync());
        }

        return [.. sends];
    }
}
