using MeetingRecordings.Json;

namespace MeetingRecordings.Notifications.Events;

/// <summary>Reads everything that one push of DingTalk's says: one event, or a SyncHTTP push's many.</summary>
public static class DingTalkPushReader
{
    /// <summary>Reads a push.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    /// <returns>Every event in it, in its order.</returns>
    public static IReadOnlyList<DingTalkEvent> Read(ReadOnlySpan<byte> plaintext)
    {
        var json = ByteOrderMark.Skip(plaintext);
        return DingTalkEventReader.Read(json) switch
        {
            DingTalkEvent.Ignored { EventType: "SYNC_HTTP_PUSH_HIGH" or "SYNC_HTTP_PUSH_MEDIUM" } => SyncPushReader.Read(json),
            DingTalkEvent.Ignored { EventType: SuiteTicketReader.EventType } => [SuiteTicketReader.Read(json, null)],
            var single => [single],
        };
    }
}
