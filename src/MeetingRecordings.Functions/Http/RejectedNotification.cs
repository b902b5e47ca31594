using System.Text.Json.Serialization;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Functions.Http;

/// <summary>A notification that is not on the queue, with an RFC 9457 problem.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record RejectedNotification(int Index, RejectedNotification.Details Problem)
{
    /// <summary>The problem.</summary>
    /// <param name="Status">400, or 503 where the queue has not accepted it and it is to be sent again.</param>
    /// <param name="Title">What kind of problem it is.</param>
    /// <param name="Detail">The field, and what was expected there.</param>
    /// <param name="Field">The field at fault; null where none is.</param>
    public sealed record Details(
        int Status,
        string Title,
        string Detail,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null);

    internal static RejectedNotification Malformed(RejectedItem item) => new(
        item.Index,
        new Details(400, "A field is missing or malformed.", $"{item.Problem}", item.Problem.Field));

    internal static RejectedNotification NotEnqueued(PlainNotification notification) => new(
        notification.Index,
        new Details(503, "The queue cannot be reached.", "The queue has not accepted the notification. Send it again."));
}
