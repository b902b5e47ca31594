namespace Azure.Messaging.ServiceBus.Processor;

/// <summary>Runs a processor's handler for a message and sees to the message's lock and settlement.</summary>
internal sealed class MessageHandling(ServiceBusProcessor processor, ServiceBusReceiver receiver)
{
    private readonly bool _settles = processor.ReceiveMode == ServiceBusReceiveMode.PeekLock;

    /// <summary>Handles one message. What goes wrong is reported, never thrown.</summary>
    public async Task RunAsync(ServiceBusReceivedMessage message, CancellationToken stopping)
    {
        using var handled = new CancellationTokenSource();
        var renewal = _settles && processor.MaxAutoLockRenewalDuration > TimeSpan.Zero
            ? RenewLockAsync(message, handled.Token, stopping)
            : Task.CompletedTask;
        var step = ServiceBusErrorSource.ProcessMessageCallback;
        try
        {
            var args = new ProcessMessageEventArgs(message, receiver, processor.Identifier, stopping);
            await processor.OnProcessMessageAsync(args).ConfigureAwait(false);
            if (_settles && processor.AutoCompleteMessages && !message.IsSettled)
            {
                step = ServiceBusErrorSource.Complete;

                // A stop waits for what is under way, this included.
                await receiver.CompleteMessageAsync(message, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (TaskCanceledException) when (stopping.IsCancellationRequested)
        {
            // As in Microsoft's client: the handler gave up for the stop, and its message comes again when its lock ends.
        }
        catch (Exception exception)
        {
            await ReportAsync(exception, step, stopping).ConfigureAwait(false);
            await AbandonAsync(message, exception, stopping).ConfigureAwait(false);
        }

        await handled.CancelAsync().ConfigureAwait(false);
        await renewal.ConfigureAwait(false);
    }

    /// <summary>Tells the error handler; what it throws is nobody's concern.</summary>
    public async Task ReportAsync(Exception exception, ServiceBusErrorSource source, CancellationToken stopping)
    {
        var args = new ProcessErrorEventArgs(
            exception,
            source,
            processor.FullyQualifiedNamespace,
            processor.EntityPath,
            processor.Identifier,
            stopping);
        try
        {
            await processor.OnProcessErrorAsync(args).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // There is no one else to tell.
        }
    }

    private async Task AbandonAsync(ServiceBusReceivedMessage message, Exception cause, CancellationToken stopping)
    {
        if (!_settles || message.IsSettled || cause is ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost })
        {
            return;
        }

        try
        {
            await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await ReportAsync(exception, ServiceBusErrorSource.Abandon, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Renews a message's lock until it is handled, or its time for that is over.</summary>
    private async Task RenewLockAsync(ServiceBusReceivedMessage message, CancellationToken handled, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(handled);
        ending.CancelAfter(processor.MaxAutoLockRenewalDuration);
        while (!message.IsSettled)
        {
            try
            {
                await Task.Delay(RenewalSchedule.DelayFor(message.LockedUntil - TimeProvider.System.GetUtcNow()), ending.Token)
                    .ConfigureAwait(false);
                if (!message.IsSettled)
                {
                    await receiver.RenewMessageLockAsync(message, ending.Token).ConfigureAwait(false);
                }
            }
            catch (Exception) when (ending.IsCancellationRequested || message.IsSettled)
            {
                return;
            }
            catch (Exception exception)
            {
                await ReportAsync(exception, ServiceBusErrorSource.RenewLock, stopping).ConfigureAwait(false);
                if (exception is not ServiceBusException { IsTransient: true })
                {
                    return;
                }
            }
        }
    }
}
