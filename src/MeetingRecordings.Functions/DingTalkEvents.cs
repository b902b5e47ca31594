using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions;

/// <summary>
/// Takes DingTalk's encrypted event pushes. It is anonymous to the host: a push proves itself by its signature and cipher.
/// </summary>
/// <param name="callbacks">Proves and decrypts pushes.</param>
/// <param name="queue">Where conferences go.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told.</param>
public sealed partial class DingTalkEvents(CallbackReader callbacks, ConferenceQueue queue, TimeProvider clock, ILogger<DingTalkEvents> logger)
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>Handles one push. It is answered as delivered only once Service Bus has accepted its message.</summary>
    /// <param name="request">The push.</param>
    /// <param name="cancellationToken">The sender has gone, or the host is stopping.</param>
    [Function(nameof(DingTalkEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dingtalk/events")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadJsonAsync(request, MaxBodyBytes, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return problem;
        }

        return callbacks.Read(CallbackQuery.Read(name => request.Query[name]), body.Span) switch
        {
            CallbackReading.Verified push => await HandleAsync(push, cancellationToken).ConfigureAwait(false),
            CallbackReading.Malformed malformed => Problems.BadField(malformed.Field, malformed.Expected),
            CallbackReading.Stale => Problems.Stale(),
            _ => Problems.NotProved(),
        };
    }

    private async Task<IResult> HandleAsync(CallbackReading.Verified push, CancellationToken cancellationToken)
    {
        switch (DingTalkEventReader.Read(push.Plaintext.Span))
        {
            case DingTalkEvent.Malformed malformed:
                Log.Malformed(logger, malformed.Field);
                return Problems.BadField(malformed.Field, malformed.Expected);
            case DingTalkEvent.Ignored ignored:
                Log.Ignored(logger, ignored.EventType);
                break;
            case DingTalkEvent.Notified { Notification: var notification }:
                try
                {
                    await queue.EnqueueAsync([notification], cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Log.NotEnqueued(logger, notification.Message.ConferenceId, e);
                    return Problems.NotEnqueued();
                }

                Log.Enqueued(logger, notification.Message.ConferenceId, notification.Message.Trigger);
                break;
        }

        return TypedResults.Bytes(CallbackAnswer.Success(push.Keys, clock.GetUtcNow()).ToJson(), "application/json");
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Conference {ConferenceId} is enqueued: {Trigger}")]
        public static partial void Enqueued(ILogger logger, string conferenceId, Trigger trigger);

        [LoggerMessage(201, LogLevel.Debug, "Event {EventType} is not about a recording; answered and ignored")]
        public static partial void Ignored(ILogger logger, string eventType);

        [LoggerMessage(202, LogLevel.Warning, "A push of DingTalk's is refused: its field {Field} is unusable")]
        public static partial void Malformed(ILogger logger, string field);

        [LoggerMessage(203, LogLevel.Error, "Conference {ConferenceId} could not be enqueued; DingTalk is told to send it again")]
        public static partial void NotEnqueued(ILogger logger, string conferenceId, Exception exception);
    }
}
