using MeetingRecordings.Functions.Http;
using MeetingRecordings.Notifications.Plain;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>
/// Takes plain "meeting ended" notifications from any system, with a function key, and with a signature where one is asked for.
/// </summary>
public sealed class MeetingsEnded(WebhookVerifier webhooks, NotificationIntake intake)
{
    // Room for a thousand CloudEvents with every field at full length.
    private const int MaxBodyBytes = 1024 * 1024;
    private const int MaxIdempotencyKeyLength = 256;
    private const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Handles one request: one notification or an array of them, plain or as CloudEvents.</summary>
    [Function(nameof(MeetingsEnded))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "meetings/ended")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        using var activity = RequestTrace.Start(request, "receive notifications");
        var (body, problem) = await RequestBody.ReadJsonAsync(request, MaxBodyBytes, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        string? key = request.Headers[IdempotencyKeyHeader];
        if (key is { Length: 0 or > MaxIdempotencyKeyLength })
        {
            return Problems.BadField(new(IdempotencyKeyHeader, $"1 to {MaxIdempotencyKeyLength} characters"));
        }

        return webhooks.Verify(name => request.Headers[name], body.Span) switch
        {
            WebhookVerdict.NotAsked => await TakeAsync(key),
            WebhookVerdict.Verified signed => await TakeAsync(key ?? signed.Id),
            WebhookVerdict.Malformed malformed => Refusal.Malformed(malformed.Problem),
            WebhookVerdict.Stale => Refusal.Stale(WebhookVerifier.TimestampHeader),
            _ => Refusal.NotProved(Problems.NotSigned()),
        };

        Task<IResult> TakeAsync(string? idempotencyKey)
            => intake.TakeAsync(NotificationContent.Read(request, body, idempotencyKey), cancellationToken);
    }
}
