using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications.Plain;
using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions;

/// <summary>Takes plain "meeting ended" notifications from any system, with a function key, and with a signature where one is asked for.</summary>
/// <param name="webhooks">Proves signed requests.</param>
/// <param name="queue">Where conferences go.</param>
/// <param name="logger">Where it is told.</param>
public sealed partial class MeetingsEnded(WebhookVerifier webhooks, ConferenceQueue queue, ILogger<MeetingsEnded> logger)
{
    /// <summary>How long a request may wait for Service Bus: 10 s, for a thousand notifications are worth a throttled queue's pause.</summary>
    public static readonly TimeSpan EnqueueDeadline = TimeSpan.FromSeconds(10);

    // Room for a thousand CloudEvents with every field at full length.
    private const int MaxBodyBytes = 1024 * 1024;
    private const int MaxIdempotencyKeyLength = 256;
    private const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Handles one request. It is answered 202 only once Service Bus has accepted every message that it names as accepted.</summary>
    /// <param name="request">One notification or an array of them, plain or as CloudEvents.</param>
    /// <param name="cancellationToken">The sender has gone, or the host is stopping.</param>
    [Function(nameof(MeetingsEnded))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "meetings/ended")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        using var activity = RequestTrace.Start(request, "receive notifications");
        var (body, problem) = await RequestBody.ReadJsonAsync(request, MaxBodyBytes, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return problem;
        }

        string? key = request.Headers[IdempotencyKeyHeader];
        if (key is { Length: 0 or > MaxIdempotencyKeyLength })
        {
            return Problems.BadField(IdempotencyKeyHeader, $"1 to {MaxIdempotencyKeyLength} characters");
        }

        return webhooks.Read(name => request.Headers[name], body.Span) switch
        {
            WebhookVerdict.NotAsked => await ReadAsync(request, body, key, cancellationToken).ConfigureAwait(false),
            WebhookVerdict.Verified signed => await ReadAsync(request, body, key ?? signed.Id, cancellationToken).ConfigureAwait(false),
            WebhookVerdict.Malformed malformed => Refuse("malformed", Problems.BadField(malformed.Header, malformed.Expected)),
            WebhookVerdict.Stale => Refuse("stale", Problems.Stale(WebhookVerifier.TimestampHeader)),
            _ => Refuse("notProved", Problems.NotSigned()),
        };
    }

    private static IResult Refuse(string outcome, IResult problem)
    {
        RecordingTelemetry.Notified(1, outcome);
        return problem;
    }

    private async Task<IResult> ReadAsync(HttpRequest request, ReadOnlyMemory<byte> body, string? key, CancellationToken cancellationToken)
        => NotificationContent.Read(request, body, key) switch
        {
            PlainReading.Items items => await HandleAsync(items, cancellationToken).ConfigureAwait(false),
            PlainReading.Malformed malformed => Refuse("malformed", Problems.BadRequest(malformed.Detail)),
            var unknown => throw new InvalidOperationException($"{unknown.GetType()} is no reading that is known here."),
        };

    private async Task<IResult> HandleAsync(PlainReading.Items items, CancellationToken cancellationToken)
    {
        RejectedNotification[] rejected = [.. items.Rejected.Select(RejectedNotification.Malformed)];
        RecordingTelemetry.Notified(rejected.Length, "malformed");
        if (items.Accepted.Count == 0)
        {
            return items.Rejected is [var only] ? Problems.BadField(only.Field, only.Expected) : Problems.NothingAccepted(rejected);
        }

        var failures = await queue.TryEnqueueAsync([.. items.Accepted.Select(static a => a.Notification)], EnqueueDeadline, cancellationToken).ConfigureAwait(false);
        AcceptedNotification[] accepted = [.. items.Accepted.Where((_, i) => failures[i] is null).Select(AcceptedNotification.From)];
        RecordingTelemetry.Notified(accepted.Length, "enqueued");
        if (failures.FirstOrDefault(static failure => failure is not null) is { } failure)
        {
            var late = failures.Count - accepted.Length;
            RecordingTelemetry.Notified(late, "notEnqueued");
            Log.NotEnqueued(logger, late, failures.Count, failure);
            RejectedNotification[] all = [.. rejected, .. items.Accepted.Where((_, i) => failures[i] is not null).Select(RejectedNotification.NotEnqueued)];
            return Problems.NotEnqueued(accepted, [.. all.OrderBy(static r => r.Index)]);
        }

        Log.Enqueued(logger, accepted.Length, rejected.Length);
        return TypedResults.Json(new NotificationsAnswer(accepted, rejected), HttpJsonContext.Default.NotificationsAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Information, "{Accepted} plain notifications are enqueued, {Rejected} are rejected")]
        public static partial void Enqueued(ILogger logger, int accepted, int rejected);

        [LoggerMessage(211, LogLevel.Error, "{Count} of {All} plain notifications could not be enqueued; the sender is told to send them again")]
        public static partial void NotEnqueued(ILogger logger, int count, int all, Exception exception);
    }
}
