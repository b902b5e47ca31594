using MeetingRecordings.Reading;

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
        return !DingTalkEventBody.Parse(json).Succeeded(out var body, out var problem) ? [new DingTalkEvent.Malformed(problem)]
            : body.EventType is "SYNC_HTTP_PUSH_HIGH" or "SYNC_HTTP_PUSH_MEDIUM" ? SyncPushReader.Read(body)
            : [DingTalkEventReader.Read(body, json)];
    }
}
