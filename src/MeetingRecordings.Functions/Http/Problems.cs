using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MeetingRecordings.Functions.Http;

/// <summary>Answers to bad requests, as RFC 9457 problems. They say what was expected and repeat nothing that was sent.</summary>
internal static class Problems
{
    /// <summary>400 for a field.</summary>
    public static IResult BadField(FieldProblem problem)
        => TypedResults.Problem(
            $"{problem}",
            statusCode: StatusCodes.Status400BadRequest,
            title: "A field is missing or malformed.",
            extensions: new Dictionary<string, object?> { ["field"] = problem.Field, ["expected"] = problem.Expected });

    /// <summary>400 for the body as a whole.</summary>
    public static IResult BadRequest(string detail)
        => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The body is malformed.");

    /// <summary>400 for a list in which nothing is good.</summary>
    public static IResult NothingAccepted(IReadOnlyList<RejectedNotification> rejected)
        => TypedResults.Problem(
            "None of the notifications can be accepted; 'rejected' says why.",
            statusCode: StatusCodes.Status400BadRequest,
            title: "Every notification is malformed.",
            extensions: new Dictionary<string, object?> { ["rejected"] = rejected });

    /// <summary>403 for a push that is not proved to be DingTalk's.</summary>
    public static IResult NotProved()
        => TypedResults.Problem(
            "The signature, the cipher text or the owner key is not the one that this app shares with DingTalk.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "The request is refused.");

    /// <summary>403 for a request whose signature is not that of a sender that is known here.</summary>
    public static IResult NotSigned()
        => TypedResults.Problem(
            "The signature is not made with a secret that this app shares with its senders.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "The request is refused.");

    /// <summary>403 for a request from another time.</summary>
    public static IResult Stale(string field)
        => TypedResults.Problem(
            $"{field}: too far from this machine's time.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "The request is stale.",
            extensions: new Dictionary<string, object?> { ["field"] = field });

    /// <summary>404.</summary>
    public static IResult NotFound(string detail)
        => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "There is no such thing.");

    /// <summary>409 for a message that was not dropped.</summary>
    public static IResult NotDropped(string detail)
        => TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "The message is still there.");

    /// <summary>409 for a blob that has to be brought back from the archive tier first.</summary>
    public static IResult Archived(string code)
        => TypedResults.Problem(
            "The blob is in the archive tier. Rehydrate it, then ask again.",
            statusCode: StatusCodes.Status409Conflict,
            title: "The manifest cannot be read as it is stored.",
            extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>503 where what an operator asks cannot be had now.</summary>
    public static IResult NoAnswer(string from, string code)
        => TypedResults.Problem(
            $"{from}: {code}. Ask again later; GET /api/health/ready says what works.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "It cannot be answered now.",
            extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>413.</summary>
    public static IResult TooLarge(int maxBytes)
        => TypedResults.Problem(
            $"The body: expected at most {maxBytes} bytes.",
            statusCode: StatusCodes.Status413PayloadTooLarge,
            title: "The body is too large.");

    /// <summary>415.</summary>
    public static IResult UnsupportedMediaType()
        => TypedResults.Problem(
            "Content-Type: expected application/json.",
            statusCode: StatusCodes.Status415UnsupportedMediaType,
            title: "The body is of another type.");

    /// <summary>415 for a compressed body.</summary>
    public static IResult UnsupportedEncoding()
        => TypedResults.Problem(
            "Content-Encoding: expected identity, or none.",
            statusCode: StatusCodes.Status415UnsupportedMediaType,
            title: "The body is compressed.");

    /// <summary>503 for a push of which Service Bus has not accepted everything.</summary>
    public static IResult NotEnqueued() => NotEnqueued("Not everything in the request was accepted by the queue. Send it again.", null);

    /// <summary>503 for notifications of which Service Bus has not accepted some: a sender that looks at nothing but the status then sends them again.</summary>
    public static IResult NotEnqueued(IReadOnlyList<AcceptedNotification> accepted, IReadOnlyList<RejectedNotification> rejected)
        => NotEnqueued(
            "The queue has not accepted what 'rejected' gives the status 503. Send that again, or the whole request with its idempotency key.",
            new Dictionary<string, object?> { ["accepted"] = accepted, ["rejected"] = rejected });

    private static ProblemHttpResult NotEnqueued(string detail, Dictionary<string, object?>? extensions)
        => TypedResults.Problem(
            detail,
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "The queue cannot be reached.",
            extensions: extensions);
}
