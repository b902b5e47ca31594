using MeetingRecordings.Functions.Http;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>
/// Takes DingTalk's encrypted event pushes. The host asks for no key: a push is authenticated by its signature and encryption.
/// </summary>
public sealed class DingTalkEvents(CallbackVerifier callbacks, PushIntake intake, TimeProvider clock)
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>
    /// Handles one push. It is answered as delivered only once Service Bus has accepted the message of every event in it that
    /// can be read, and a ticket is kept.
    /// </summary>
    [Function(nameof(DingTalkEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dingtalk/events")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        using var activity = RequestTrace.Start(request, "receive push");
        var (body, problem) = await RequestBody.ReadPushAsync(request, MaxBodyBytes, cancellationToken);
        return problem ?? callbacks.Verify(CallbackQuery.Read(name => FirstOf(request, name)), body.Span) switch
        {
            CallbackVerdict.Verified push
                => await intake.TakeAsync(push.Plaintext, cancellationToken)
                    ?? TypedResults.Bytes(CallbackAnswer.Success(push.Keys, clock.GetUtcNow()).ToJson(), "application/json"),
            CallbackVerdict.Malformed malformed => Refusal.Malformed(malformed.Problem),
            CallbackVerdict.Stale => Refusal.Stale("timestamp"),
            _ => Refusal.NotProved(Problems.NotProved()),
        };
    }

    // The query's names know no case here, so that timestamp beside timeStamp is one parameter with two values.
    private static string? FirstOf(HttpRequest request, string name)
        => request.Query[name].FirstOrDefault(static value => !string.IsNullOrEmpty(value));
}
