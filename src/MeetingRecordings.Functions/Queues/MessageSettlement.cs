using Azure.Messaging.ServiceBus;
using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Failed;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Does what was decided for a message. What follows is sent before the message is completed: a crash between the two
/// repeats the send, which duplicate detection drops, while the other order would lose the conference.
/// </summary>
/// <param name="conferences">Where further looks go.</param>
/// <param name="poison">Where conferences go that DingTalk failed.</param>
/// <param name="recordings">Where further slices of a recording go.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
public sealed partial class MessageSettlement(
    ConferenceQueue conferences, PoisonQueue poison, RecordingQueue recordings, TimeProvider clock, ILogger<MessageSettlement> logger)
{
    // Service Bus refuses a longer reason or description.
    private const int MaxReasonLength = 4096;

    /// <summary>Settles a message whose conference was looked at.</summary>
    /// <param name="received">The message.</param>
    /// <param name="conference">What a further look's message says.</param>
    /// <param name="action">What was decided.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="cancellationToken">Cancels the operation; the message is then delivered again.</param>
    public async Task SettleAsync(
        ServiceBusReceivedMessage received,
        ConferenceMessage conference,
        RecoveryAction action,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        switch (action)
        {
            case RecoveryAction.DeadLetter dead:
                await DeadLetterAsync(received, dead, actions, cancellationToken);
                return;
            case RecoveryAction.Poison given:
                if (await TryPoisonAsync(received, given, cancellationToken) is not { } obstacle)
                {
                    break;
                }

                await DeadLetterInsteadAsync(received, given, obstacle, actions, cancellationToken);
                return;
            case RecoveryAction.LookAgain again:
                await conferences.ScheduleAsync(conference with { Trigger = again.Trigger }, again.Lineage, again.After, cancellationToken);
                break;
        }

        await actions.CompleteMessageAsync(received, cancellationToken);
    }

    /// <summary>Settles a message about a recording after a slice. Its queue has no poison queue: whatever failed is dead-lettered there.</summary>
    /// <param name="received">The message.</param>
    /// <param name="recording">What a further slice's message says.</param>
    /// <param name="action">What was decided.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="cancellationToken">Cancels the operation; the message is then delivered again.</param>
    public async Task SettleAsync(
        ServiceBusReceivedMessage received,
        ArchiveMessage recording,
        RecoveryAction action,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        switch (action)
        {
            case RecoveryAction.DeadLetter dead:
                await DeadLetterAsync(received, dead, actions, cancellationToken);
                return;
            case RecoveryAction.Poison { Reason: var reason, Failure: var failure }:
                await DeadLetterAsync(received, reason, FailureAdvice.Of(reason)!, failure, actions, cancellationToken);
                return;
            case RecoveryAction.LookAgain again:
                await recordings.ScheduleAsync(new Slice(recording, again.Lineage), again.After, cancellationToken);
                break;
        }

        await actions.CompleteMessageAsync(received, cancellationToken);
    }

    /// <summary>Settles a message that cannot be read: another delivery would not make it readable.</summary>
    public async Task SettleMalformedAsync(
        ServiceBusReceivedMessage received, FieldProblem problem, ServiceBusMessageActions actions, CancellationToken cancellationToken)
    {
        await DeadLetterAsync(received, "malformed", $"{problem}", null, actions, cancellationToken);
        Log.Malformed(logger, received.SequenceNumber, $"{problem}");
    }

    /// <summary>
    /// Gives a message back whose look ended in an exception, with the exception's type for whoever finds it in the dead-letter
    /// queue. The delivery that this costs is the broker's count of crashes: at its end the broker dead-letters the message.
    /// </summary>
    public async Task AbandonAsync(
        ServiceBusReceivedMessage received, Exception exception, ServiceBusMessageActions actions, CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, object> { [QueueProperties.ExceptionType] = exception.GetType().FullName! };
        FailureProperties.WriteTimes(received, clock.GetUtcNow(), properties);
        try
        {
            await actions.AbandonMessageAsync(received, properties, cancellationToken);
        }
        catch (Exception e)
        {
            // Its lock has ended, or will: the broker delivers it again by itself.
            Log.NotAbandoned(logger, received.SequenceNumber, exception.GetType().Name, e);
        }
    }

    // What passes is thrown: the message is delivered again then.
    private async Task<string?> TryPoisonAsync(
        ServiceBusReceivedMessage received, RecoveryAction.Poison given, CancellationToken cancellationToken)
    {
        try
        {
            await poison.SendAsync(received, given, cancellationToken);
            return null;
        }
        catch (ServiceBusException e) when (e.Reason is ServiceBusFailureReason.MessagingEntityNotFound
            or ServiceBusFailureReason.MessagingEntityDisabled
            or ServiceBusFailureReason.QuotaExceeded)
        {
            return e.Reason.ToString();
        }
        catch (UnauthorizedAccessException)
        {
            return "Unauthorized";
        }
    }

    // Deliveries without end would lose the code that an operator needs.
    private async Task DeadLetterInsteadAsync(
        ServiceBusReceivedMessage received,
        RecoveryAction.Poison given,
        string obstacle,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        var description = $"The poison queue did not take it ({obstacle}). Mend the queue that PoisonQueue names, then replay from the dead letters.";
        await DeadLetterAsync(received, given.Reason, description, given.Failure, actions, cancellationToken);
        Log.NotPoisoned(logger, received.SequenceNumber, obstacle, given.Reason);
    }

    private Task DeadLetterAsync(
        ServiceBusReceivedMessage received, RecoveryAction.DeadLetter dead, ServiceBusMessageActions actions, CancellationToken cancellationToken)
        => DeadLetterAsync(received, dead.Reason, dead.Description, dead.Failure, actions, cancellationToken);

    private Task DeadLetterAsync(
        ServiceBusReceivedMessage received,
        string reason,
        string description,
        Failure? failure,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        // The host is known to lose the two that the broker keeps itself.
        var properties = new Dictionary<string, object>
        {
            [QueueProperties.Reason] = Shorten(reason),
            [QueueProperties.Description] = Shorten(description),
        };
        FailureProperties.WriteTimes(received, clock.GetUtcNow(), properties);
        if (failure is not null)
        {
            FailureProperties.Write(failure, properties);
        }

        return actions.DeadLetterMessageAsync(received, properties, Shorten(reason), Shorten(description), cancellationToken);
    }

    private static string Shorten(string text) => text.Length <= MaxReasonLength ? text : text[..MaxReasonLength];

    private static partial class Log
    {
        [LoggerMessage(104, LogLevel.Error, "Message {SequenceNumber} is dead-lettered as malformed: {Problem}")]
        public static partial void Malformed(ILogger logger, long sequenceNumber, string problem);

        [LoggerMessage(
            108,
            LogLevel.Error,
            "Message {SequenceNumber} is dead-lettered as {Reason}, for the poison queue did not take it: {Obstacle}")]
        public static partial void NotPoisoned(ILogger logger, long sequenceNumber, string obstacle, string reason);

        [LoggerMessage(
            105,
            LogLevel.Warning,
            "Message {SequenceNumber}, which failed with {ExceptionType}, could not be given back; it is delivered again once its lock ends")]
        public static partial void NotAbandoned(ILogger logger, long sequenceNumber, string exceptionType, Exception exception);
    }
}
