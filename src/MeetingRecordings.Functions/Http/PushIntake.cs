using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Telemetry;
using MeetingRecordings.Functions.Tickets;
using MeetingRecordings.Notifications;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Http;

/// <summary>Takes what a verified push says: conferences go to their queue, a third-party app's tickets are kept.</summary>
/// <param name="queue">Where conferences go.</param>
/// <param name="tickets">Where tickets go.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
public sealed partial class PushIntake(
    ConferenceQueue queue, SuiteTicketKeeper tickets, TimeProvider clock, ILogger<DingTalkEvents> logger)
{
    /// <summary>
    /// How long a push may wait for Service Bus and Blob Storage: 800 ms. DingTalk wants its answer within 1.2 s, and pushes
    /// again where it gets another.
    /// </summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromMilliseconds(800);

    /// <summary>Takes a push.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    /// <param name="cancellationToken">The sender has gone, or the host is stopping.</param>
    /// <returns>Null once all of it that can be read is kept; else what to answer.</returns>
    public async Task<IResult?> TakeAsync(ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken)
    {
        var events = DingTalkPushReader.Read(plaintext.Span);
        TellUnused(events);
        if (events.Count > 0 && events.All(static e => e is DingTalkEvent.Malformed))
        {
            return Problems.BadField(((DingTalkEvent.Malformed)events[0]).Problem);
        }

        // All at once, for all of them share one deadline.
        var keeping = KeepTicketsAsync([.. events.OfType<DingTalkEvent.SuiteTicketPushed>()], cancellationToken);
        var failure = await EnqueueAsync([.. events.OfType<DingTalkEvent.Notified>().Select(static e => e.Notification)], cancellationToken);
        failure ??= await keeping;
        if (failure is null)
        {
            return null;
        }

        Log.NotKept(logger, events.Count, failure);
        return Problems.NotEnqueued();
    }

    private void TellUnused(IReadOnlyList<DingTalkEvent> events)
    {
        foreach (var read in events)
        {
            switch (read)
            {
                case DingTalkEvent.Malformed { Problem: var problem }:
                    RecordingTelemetry.Notified(1, NotificationOutcomes.Malformed);
                    Log.Malformed(logger, problem.Field, problem.Expected);
                    break;
                case DingTalkEvent.Ignored ignored:
                    RecordingTelemetry.Notified(1, NotificationOutcomes.Ignored);
                    if (logger.IsEnabled(LogLevel.Debug))
                    {
                        Log.Ignored(logger, LogText.Of(ignored.EventType));
                    }

                    break;
            }
        }
    }

    private async Task<Exception?> EnqueueAsync(MeetingNotification[] notifications, CancellationToken cancellationToken)
    {
        var failures = await queue.TryEnqueueAsync(notifications, AnswerDeadline, cancellationToken);
        foreach (var (notification, failure) in notifications.Zip(failures))
        {
            RecordingTelemetry.Notified(1, failure is null ? NotificationOutcomes.Enqueued : NotificationOutcomes.NotEnqueued);
            if (failure is null)
            {
                Log.Enqueued(logger, notification.Message.ConferenceId, notification.Message.Trigger);
            }
        }

        return failures.FirstOrDefault(static failure => failure is not null);
    }

    private async Task<Exception?> KeepTicketsAsync(DingTalkEvent.SuiteTicketPushed[] pushed, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(AnswerDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await Task.WhenAll(pushed.Select(ticket => tickets.KeepAsync(ticket, either.Token)));
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return e;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Conference {ConferenceId} is enqueued: {Trigger}")]
        public static partial void Enqueued(ILogger logger, string conferenceId, Conferences.Trigger trigger);

        [LoggerMessage(201, LogLevel.Debug, "Event {EventType} is not about a recording; answered and ignored")]
        public static partial void Ignored(ILogger logger, string? eventType);

        [LoggerMessage(202, LogLevel.Error, "An event of DingTalk's is lost to this app: its field {Field} is unusable; expected {Expected}")]
        public static partial void Malformed(ILogger logger, string field, string expected);

        [LoggerMessage(203, LogLevel.Error, "A push with {Count} events could not be kept; DingTalk is told to send it again")]
        public static partial void NotKept(ILogger logger, int count, Exception exception);
    }
}
