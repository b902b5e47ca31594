using System.Net.Sockets;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class RetryLoopTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transient_failure_is_tried_again_until_the_retries_are_spent()
    {
        var attempts = 0;
        var loop = Loop(new ServiceBusRetryOptions { Mode = ServiceBusRetryMode.Fixed, MaxRetries = 3, Delay = TimeSpan.FromSeconds(1) });

        var run = loop.RunAsync<bool>(
            (_, _) =>
            {
                attempts++;
                throw new SocketException((int)SocketError.ConnectionRefused);
            },
            TestEnd);
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAsync<ServiceBusException>(() => run);
        Assert.Equal(ServiceBusFailureReason.ServiceCommunicationProblem, exception.Reason);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task A_lasting_failure_is_not_tried_again()
    {
        var attempts = 0;

        await Assert.ThrowsAsync<ServiceBusException>(() => Loop(new()).RunAsync<bool>(
            (_, _) =>
            {
                attempts++;
                throw new ServiceBusException("no", ServiceBusFailureReason.MessagingEntityNotFound);
            },
            TestEnd));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_a_timeout()
    {
        var loop = Loop(new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(5) });
        var run = loop.RunAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return true;
            },
            TestEnd);

        _time.Advance(TimeSpan.FromSeconds(5));

        var exception = await Assert.ThrowsAsync<ServiceBusException>(() => run);
        Assert.Equal(ServiceBusFailureReason.ServiceTimeout, exception.Reason);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task A_broker_that_is_busy_is_left_alone_for_10_seconds_by_everybody()
    {
        var loop = Loop(new ServiceBusRetryOptions { Mode = ServiceBusRetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(1) });
        var attempts = 0;
        var first = loop.RunAsync(
            (_, _) => ++attempts == 1 ? throw new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy) : Task.FromResult(true),
            TestEnd);
        var second = loop.RunAsync((_, _) => Task.FromResult(true), TestEnd);

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCompleted);
        Assert.Equal(1, attempts);

        while (!first.IsCompleted || !second.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await first);
        Assert.True(await second);
    }

    [Fact]
    public async Task A_wait_for_the_next_attempt_can_be_canceled()
    {
        using var giveUp = new CancellationTokenSource();
        var run = Loop(new()).RunAsync<bool>((_, _) => throw new IOException("gone"), giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => run);
    }

    [Fact]
    public async Task A_closed_client_tries_nothing_again()
    {
        var attempts = 0;
        var loop = new RetryLoop(new ServiceBusRetryOptions().ToRetryPolicy(), _time, () => true);

        await Assert.ThrowsAsync<ServiceBusException>(() => loop.RunAsync<bool>(
            (_, _) =>
            {
                attempts++;
                throw new IOException("gone");
            },
            TestEnd));

        Assert.Equal(1, attempts);
    }

    private RetryLoop Loop(ServiceBusRetryOptions options) => new(options.ToRetryPolicy(), _time, () => false);
}
