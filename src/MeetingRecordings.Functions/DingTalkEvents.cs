using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace MeetingRecordings.Functions;

/// <summary>
/// Takes DingTalk's encrypted event pushes. It is anonymous to the host: a push proves itself by its signature and cipher.
/// </summary>
/// <param name="callbacks">Proves and decrypts pushes.</param>
/// <param name="queue">Where conferences go.</param>
/// <param name="tickets">Where a third-party app's tickets go.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told.</param>
public sealed partial class DingTalkEvents(
    CallbackVerifier callbacks,
    ConferenceQueue queue,
    SuiteTicketKeeper tickets,
    TimeProvider clock,
    ILogger<DingTalkEvents> logger)
{
    /// <summary>
    /// How long a push may wait for Service Bus and Blob Storage: 800 ms. DingTalk wants its answer within 1.2 s, and pushes
    /// again where it gets another.
    /// </summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromMilliseconds(800);

    private const string JsonType = "application/json";
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>
    /// Handles one push. It is answered as delivered only once Service Bus has accepted the message of every event in it that
    /// can be read, and a ticket is kept.
    /// </summary>
    /// <param name="request">The push.</param>
    /// <param name="cancellationToken">The sender has gone, or the host is stopping.</param>
    [Function(nameof(DingTalkEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dingtalk/events")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        using var activity = RequestTrace.Start(request, "receive push");
        var (body, problem) = MayBeJson(request)
            ? await RequestBody.ReadAsync(request, MaxBodyBytes, cancellationToken).ConfigureAwait(false)
            : (default, Problems.UnsupportedMediaType());
        if (problem is not null)
        {
            return problem;
        }

        return callbacks.Read(CallbackQuery.Read(name => FirstOf(request.Query[name])), body.Span) switch
        {
            CallbackVerdict.Verified push => await HandleAsync(push, cancellationToken).ConfigureAwait(false),
            CallbackVerdict.Malformed malformed => Refuse("malformed", Problems.BadField(malformed.Field, malformed.Expected)),
            CallbackVerdict.Stale => Refuse("stale", Problems.Stale("timestamp")),
            _ => Refuse("notProved", Problems.NotProved()),
        };
    }

    // A push is proved by its signature, so its type may be missing, or have parameters that are none.
    private static bool MayBeJson(HttpRequest request)
        => string.IsNullOrEmpty(request.ContentType)
            || request.HasJsonContentType()
            || request.ContentType.StartsWith($"{JsonType};", StringComparison.OrdinalIgnoreCase);

    // The query's names know no case here, so that timestamp beside timeStamp is one parameter with two values.
    private static string? FirstOf(StringValues values) => values.FirstOrDefault(static value => !string.IsNullOrEmpty(value));

    private static IResult Refuse(string outcome, IResult problem)
    {
        RecordingTelemetry.Notified(1, outcome);
        return problem;
    }

    private async Task<IResult> HandleAsync(CallbackVerdict.Verified push, CancellationToken cancellationToken)
    {
        var events = DingTalkPushReader.Read(push.Plaintext.Span);
        Tell(events);
        if (events.Count > 0 && events.All(static e => e is DingTalkEvent.Malformed))
        {
            var first = (DingTalkEvent.Malformed)events[0];
            return Problems.BadField(first.Field, first.Expected);
        }

        try
        {
            await KeepAsync(events, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            RecordingTelemetry.Notified(events.Count, "notEnqueued");
            Log.NotKept(logger, events.Count, e);
            return Problems.NotEnqueued();
        }

        return TypedResults.Bytes(CallbackAnswer.Success(push.Keys, clock.GetUtcNow()).ToJson(), JsonType);
    }

    // All at once, for all of them share one deadline.
    private async Task KeepAsync(IReadOnlyList<DingTalkEvent> events, CancellationToken cancellationToken)
    {
        var notifications = events.OfType<DingTalkEvent.Notified>().Select(static e => e.Notification).ToArray();
        using var late = new CancellationTokenSource(AnswerDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        await Task.WhenAll(
        [
            queue.EnqueueAsync(notifications, AnswerDeadline, cancellationToken),
            .. events.OfType<DingTalkEvent.SuiteTicketPushed>().Select(pushed => tickets.KeepAsync(pushed, either.Token)),
        ]).ConfigureAwait(false);
        RecordingTelemetry.Notified(notifications.Length, "enqueued");
        foreach (var notification in notifications)
        {
            Log.Enqueued(logger, notification.Message.ConferenceId, notification.Message.Trigger);
        }
    }

    private void Tell(IReadOnlyList<DingTalkEvent> events)
    {
        foreach (var read in events)
        {
            switch (read)
            {
                case DingTalkEvent.Malformed malformed:
                    RecordingTelemetry.Notified(1, "malformed");
                    Log.Malformed(logger, malformed.Field, malformed.Expected);
                    break;
                case DingTalkEvent.Ignored ignored:
                    RecordingTelemetry.Notified(1, "ignored");
                    if (logger.IsEnabled(LogLevel.Debug))
                    {
                        Log.Ignored(logger, LogText.Of(ignored.EventType));
                    }

                    break;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Conference {ConferenceId} is enqueued: {Trigger}")]
        public static partial void Enqueued(ILogger logger, string conferenceId, Trigger trigger);

        [LoggerMessage(201, LogLevel.Debug, "Event {EventType} is not about a recording; answered and ignored")]
        public static partial void Ignored(ILogger logger, string? eventType);

        [LoggerMessage(202, LogLevel.Error, "An event of DingTalk's is lost to this app: its field {Field} is unusable; expected {Expected}")]
        public static partial void Malformed(ILogger logger, string field, string expected);

        [LoggerMessage(203, LogLevel.Error, "A push with {Count} events could not be kept; DingTalk is told to send it again")]
        public static partial void NotKept(ILogger logger, int count, Exception exception);
    }
}
