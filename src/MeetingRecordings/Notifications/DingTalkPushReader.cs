namespace MeetingRecordings.Notifications;

/// <summary>Reads everything that one push of DingTalk's says: one event, or a SyncHTTP push's many.</summary>
public static class DingTalkPushReader
{
    /// <summary>Reads a push.</summary>
    /// <param name="plaintext">UTF-8 JSON.</param>
    /// <returns>Every event in it, in its order.</returns>
    public static IReadOnlyList<DingTalkEvent> Read(ReadOnlySpan<byte> plaintext) => DingTalkEventReader.Read(plaintext) switch
    {
        DingTalkEvent.Ignored { EventType: "SYNC_HTTP_PUSH_HIGH" or "SYNC_HTTP_PUSH_MEDIUM" } => SyncPushReader.Read(plaintext),
        DingTalkEvent.Ignored { EventType: SuiteTicketReader.EventType } => [SuiteTicketReader.Read(plaintext, null)],
        var single => [single],
    };
}
