using Azure.Messaging.ServiceBus;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Fetching;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Does what was decided for a message. What follows is sent before the message is completed: a crash between the two
/// repeats the send, which duplicate detection drops, while the other order would lose the conference.
/// </summary>
/// <param name="conferences">Where further looks go.</param>
/// <param name="poison">Where conferences go that were given up.</param>
/// <param name="checkpoints">Told of every step. Default: nobody.</param>
public sealed class MessageSettlement(ConferenceQueue conferences, PoisonQueue poison, ICheckpoints? checkpoints = null)
{
    // Service Bus refuses a longer reason or description.
    private const int MaxReasonLength = 4096;

    /// <summary>Settles a message whose conference was looked at.</summary>
    /// <param name="received">The message.</param>
    /// <param name="result">What was decided.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="cancellationToken">Gives the attempt up; the message is then delivered again.</param>
    public async Task SettleAsync(
        ServiceBusReceivedMessage received,
        FetchResult result,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        switch (result.Action)
        {
            case RecoveryAction.Finish or RecoveryAction.FinishNotRecorded:
                break;
            case RecoveryAction.LookAgain again:
                var next = result.Message with { Trigger = again.Trigger };
                await conferences.ScheduleAsync(next, again.Lineage, again.After, cancellationToken).ConfigureAwait(false);
                checkpoints?.Pass(Checkpoint.NextLookScheduled);
                break;
            case RecoveryAction.Poison given:
                await poison.SendAsync(received, given, cancellationToken).ConfigureAwait(false);
                checkpoints?.Pass(Checkpoint.PoisonSent);
                break;
            case RecoveryAction.DeadLetter dead:
                var properties = new Dictionary<string, object>();
                poison.WriteFailure(received, dead.Error, properties);
                await DeadLetterAsync(received, properties, dead.Reason, dead.Description, actions, cancellationToken).ConfigureAwait(false);
                return;
            default:
                throw new InvalidOperationException($"{result.Action.GetType()} is no action that is known here.");
        }

        await actions.CompleteMessageAsync(received, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Settles a message that cannot be read.</summary>
    /// <param name="received">The message.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public static Task SettleMalformedAsync(
        ServiceBusReceivedMessage received,
        string problem,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
        => DeadLetterAsync(received, [], "malformed", problem, actions, cancellationToken);

    /// <summary>
    /// Gives a message back whose look ended in an exception, with the exception's type for whoever finds it in the dead-letter
    /// queue. The delivery that this costs is the broker's count of crashes: at its end the broker dead-letters the message.
    /// </summary>
    /// <param name="received">The message.</param>
    /// <param name="exception">What ended the look.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public Task AbandonAsync(
        ServiceBusReceivedMessage received,
        Exception exception,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, object> { [QueueProperties.ExceptionType] = exception.GetType().FullName! };
        poison.WriteTimes(received, properties);
        return actions.AbandonMessageAsync(received, properties, cancellationToken);
    }

    private static Task DeadLetterAsync(
        ServiceBusReceivedMessage received,
        Dictionary<string, object> properties,
        string reason,
        string description,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
        => actions.DeadLetterMessageAsync(received, properties, Shorten(reason), Shorten(description), cancellationToken);

    private static string Shorten(string text) => text.Length <= MaxReasonLength ? text : text[..MaxReasonLength];
}
