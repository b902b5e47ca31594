using Azure.Messaging.ServiceBus.Amqp;

namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>Tries operations again as a policy says.</summary>
/// <param name="policy">The policy.</param>
/// <param name="time">The clock.</param>
/// <param name="isClosed">Whether the client was closed: then nothing is tried again.</param>
/// <param name="maxRetries">The most retries of one operation.</param>
internal sealed class RetryLoop(ServiceBusRetryPolicy policy, TimeProvider time, Func<bool> isClosed, int maxRetries = 3)
{
    private static readonly ServiceBusException Passing = new(isTransient: true, "A receive has failed.");

    /// <summary>How long a broker that said it was busy is left alone.</summary>
    internal static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(10);

    private long _busyUntilTicks;

    /// <summary>Runs an operation whose attempts end with the policy's timeout.</summary>
    /// <param name="attempt">One attempt, with its timeout and what ends it.</param>
    /// <param name="cancellationToken">Gives the operation up.</param>
    /// <exception cref="TaskCanceledException">It was given up.</exception>
    /// <exception cref="ServiceBusException">The last attempt failed, or took too long (ServiceTimeout).</exception>
    public Task<T> RunAsync<T>(Func<TimeSpan, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
        => RunWithoutTimeoutAsync(
            async (timeout, token) =>
            {
                using var expiry = new CancellationTokenSource(timeout, time);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(token, expiry.Token);
                try
                {
                    return await attempt(timeout, ending.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (expiry.IsCancellationRequested && !token.IsCancellationRequested)
                {
                    throw AmqpErrors.TimedOut();
                }
            },
            cancellationToken);

    /// <summary>Runs an operation whose attempts see to their timeout themselves.</summary>
    /// <param name="attempt">One attempt, with its timeout and what ends it.</param>
    /// <param name="cancellationToken">Gives the operation up.</param>
    /// <exception cref="TaskCanceledException">It was given up.</exception>
    /// <exception cref="ServiceBusException">The last attempt failed.</exception>
    public async Task<T> RunWithoutTimeoutAsync<T>(
        Func<TimeSpan, CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            await PauseWhileBusyAsync(cancellationToken).ConfigureAwait(false);
            Check.NotCanceled(cancellationToken);
            try
            {
                return await attempt(policy.CalculateTryTimeout(failures), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException canceled) when (cancellationToken.IsCancellationRequested)
            {
                throw new TaskCanceledException(canceled.Message, canceled, cancellationToken);
            }
            catch (Exception exception)
            {
                var failure = AmqpErrors.Translate(exception);
                if (policy.CalculateRetryDelay(failure, ++failures) is not { } delay || isClosed())
                {
                    if (ReferenceEquals(failure, exception))
                    {
                        throw;
                    }

                    throw failure;
                }

                NoteIfBusy(failure);
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Waits as long as the policy has a passing failure wait, whatever the failure was: what would fail again at once would
    /// otherwise do so thousands of times a second. The wait grows no further once it is that of the last retry.
    /// </summary>
    /// <param name="failures">The failures in a row so far, at least 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TaskCanceledException">It was ended.</exception>
    /// <remarks>https://github.com/Azure/azure-sdk-for-net/pull/57593</remarks>
    public Task PauseAfterAsync(int failures, CancellationToken cancellationToken)
        => policy.CalculateRetryDelay(Passing, Math.Min(failures, maxRetries)) is { } delay
            ? Task.Delay(delay, time, cancellationToken)
            : Task.CompletedTask;

    private void NoteIfBusy(Exception failure)
    {
        if (failure is ServiceBusException { Reason: ServiceBusFailureReason.ServiceBusy })
        {
            Interlocked.Exchange(ref _busyUntilTicks, (time.GetUtcNow() + BusyPause).UtcTicks);
        }
    }

    private async Task PauseWhileBusyAsync(CancellationToken cancellationToken)
    {
        var left = new TimeSpan(Interlocked.Read(ref _busyUntilTicks) - time.GetUtcNow().UtcTicks);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
