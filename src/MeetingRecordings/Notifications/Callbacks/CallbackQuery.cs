namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>The query of a push, as it came.</summary>
/// <param name="Signature"><c>msg_signature</c>, or <c>signature</c> as older consoles send it.</param>
/// <param name="Timestamp"><c>timestamp</c> or <c>timeStamp</c>: seconds or milliseconds since 1970.</param>
/// <param name="Nonce"><c>nonce</c>.</param>
public sealed record CallbackQuery(string? Signature, string? Timestamp, string? Nonce)
{
    /// <summary>Reads the query in any of its spellings.</summary>
    /// <param name="get">Gives a parameter's value, or null or an empty string where it is absent.</param>
    public static CallbackQuery Read(Func<string, string?> get) => new(
        NullIfEmpty(get("msg_signature")) ?? NullIfEmpty(get("signature")),
        NullIfEmpty(get("timestamp")) ?? NullIfEmpty(get("timeStamp")),
        NullIfEmpty(get("nonce")));

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
