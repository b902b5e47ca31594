using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications.Plain;
using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Http;

/// <summary>Puts plain notifications on the queue and says what became of each.</summary>
/// <param name="queue">Where conferences go.</param>
/// <param name="logger">The log.</param>
public sealed partial class NotificationIntake(ConferenceQueue queue, ILogger<MeetingsEnded> logger)
{
    /// <summary>How long a request may wait for Service Bus: 10 s, for a thousand notifications are worth a throttled queue's pause.</summary>
    public static readonly TimeSpan EnqueueDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Takes the notifications of a request.</summary>
    /// <param name="reading">What the request turned out to be.</param>
    /// <param name="cancellationToken">The sender has gone, or the host is stopping.</param>
    /// <returns>The answer: 202 once Service Bus has accepted all, 207 once it has accepted all but what is malformed.</returns>
    public async Task<IResult> TakeAsync(PlainReading reading, CancellationToken cancellationToken)
    {
        if (reading is not PlainReading.Items items)
        {
            return Refusal.Malformed(((PlainReading.Malformed)reading).Detail);
        }

        RejectedNotification[] rejected = [.. items.Rejected.Select(RejectedNotification.Malformed)];
        RecordingTelemetry.Notified(rejected.Length, NotificationOutcomes.Malformed);
        if (items.Accepted.Count == 0)
        {
            return items.Rejected is [var only] ? Problems.BadField(only.Problem) : Problems.NothingAccepted(rejected);
        }

        var failures = await queue.TryEnqueueAsync(
            [.. items.Accepted.Select(static a => a.Notification)], EnqueueDeadline, cancellationToken);
        AcceptedNotification[] accepted = [.. items.Accepted.Where((_, i) => failures[i] is null).Select(AcceptedNotification.From)];
        RecordingTelemetry.Notified(accepted.Length, NotificationOutcomes.Enqueued);
        if (failures.FirstOrDefault(static failure => failure is not null) is { } failure)
        {
            var late = failures.Count - accepted.Length;
            RecordingTelemetry.Notified(late, NotificationOutcomes.NotEnqueued);
            Log.NotEnqueued(logger, late, failures.Count, failure);
            var again = items.Accepted.Where((_, i) => failures[i] is not null).Select(RejectedNotification.NotEnqueued);
            return Problems.NotEnqueued(accepted, [.. rejected.Concat(again).OrderBy(static r => r.Index)]);
        }

        Log.Enqueued(logger, accepted.Length, rejected.Length);
        return TypedResults.Json(
            new NotificationsAnswer(accepted, rejected),
            HttpJsonContext.Default.NotificationsAnswer,
            // A sender that looks at nothing but the status must not take a part for the whole.
            statusCode: rejected.Length == 0 ? StatusCodes.Status202Accepted : StatusCodes.Status207MultiStatus);
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Information, "{Accepted} plain notifications are enqueued, {Rejected} are rejected")]
        public static partial void Enqueued(ILogger logger, int accepted, int rejected);

        [LoggerMessage(211, LogLevel.Error, "{Count} of {All} plain notifications could not be enqueued; the sender is told to send them again")]
        public static partial void NotEnqueued(ILogger logger, int count, int all, Exception exception);
    }
}
