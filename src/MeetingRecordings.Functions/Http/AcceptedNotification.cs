using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Functions.Http;

/// <summary>A notification that is on the queue.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="ConferenceId">The conference.</param>
/// <param name="MessageId">Its message's id.</param>
public sealed record AcceptedNotification(int Index, string ConferenceId, string MessageId)
{
    internal static AcceptedNotification From(PlainNotification notification) => new(
        notification.Index,
        notification.Notification.Message.ConferenceId,
        Lineage.MessageIdOf(notification.Notification.Root));
}
