using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Removes dead letters that nobody has dealt with for as long as they are kept: they name people, and Service Bus never ends them.</summary>
public sealed partial class DeadLetterExpiry
{
    // What is left waits for the next run.
    private const int MaxAtOnce = 500;

    private readonly FailedReceivers _receivers;
    private readonly ServiceBusSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<DeadLetterExpiry> _logger;

    internal DeadLetterExpiry(FailedReceivers receivers, ServiceBusSettings settings, TimeProvider clock, ILogger<DeadLetterExpiry> logger)
        => (_receivers, _settings, _clock, _logger) = (receivers, settings, clock, logger);

    /// <summary>Removes what is too old now.</summary>
    /// <param name="cancellationToken">Cancels the rest.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_settings.DeadLetterRetention > TimeSpan.Zero)
        {
            await RunAsync(_settings.ConferenceQueue, cancellationToken);
            await RunAsync(_settings.PoisonQueue, cancellationToken);
            if (_settings.HasRecordings)
            {
                await RunAsync(_settings.RecordingQueue, cancellationToken);
            }
        }
    }

    private async Task RunAsync(string queue, CancellationToken cancellationToken)
    {
        await using var receiver = _receivers.CreateForDeadLettersOf(queue);
        var tooOld = new HashSet<long>();
        await foreach (var received in receiver.PeekFromAsync(0, cancellationToken))
        {
            if (IsTooOld(FailedMessage.From(received)) && tooOld.Add(received.SequenceNumber) && tooOld.Count == MaxAtOnce)
            {
                break;
            }
        }

        if (tooOld.Count > 0)
        {
            await new MessagePicker(receiver, _clock).PickAsync(tooOld, (message, _) => RemoveAsync(receiver, queue, message), cancellationToken);
        }
    }

    private bool IsTooOld(FailedMessage message)
        => _clock.GetUtcNow() - (message.LastFailureAt ?? message.EnqueuedAt) >= _settings.DeadLetterRetention;

    private async Task<MessageResult> RemoveAsync(ServiceBusReceiver receiver, string queue, ServiceBusReceivedMessage received)
    {
        await receiver.CompleteMessageAsync(received, CancellationToken.None);
        var message = FailedMessage.From(received);
        Log.Removed(_logger, message.Id, queue, message.ConferenceId, _settings.DeadLetterRetention);
        return new MessageResult(message.Id, MessageOutcome.Dropped, message.ConferenceId);
    }

    private static partial class Log
    {
        [LoggerMessage(
            402, LogLevel.Warning, "Dead letter {Id} of {Queue}, about conference {ConferenceId}, is removed: nobody dealt with it for {Retention}")]
        public static partial void Removed(ILogger logger, long id, string queue, string? conferenceId, TimeSpan retention);
    }
}
