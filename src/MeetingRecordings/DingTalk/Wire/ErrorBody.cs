using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>Every shape in which DingTalk says no: its v1.0 API, its older API, and the gateway's ban.</summary>
internal sealed record ErrorBody(
    [property: JsonConverter(typeof(LenientStringConverter))] string? Code,
    [property: JsonConverter(typeof(LenientStringConverter))] string? Message,
    [property: JsonConverter(typeof(LenientStringConverter))] string? RequestId,
    [property: JsonConverter(typeof(LenientStringConverter))] string? ErrCode,
    [property: JsonConverter(typeof(LenientStringConverter))] string? ErrMsg,
    [property: JsonPropertyName("sub_code"), JsonConverter(typeof(LenientStringConverter))] string? SubCode,
    [property: JsonPropertyName("sub_msg"), JsonConverter(typeof(LenientStringConverter))] string? SubMessage,
    [property: JsonPropertyName("request_id"), JsonConverter(typeof(LenientStringConverter))] string? OldRequestId,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? Status)
{
    // What DingTalk says travels in message properties, whose size the queue limits.
    private const int MaxMessageLength = 500;
    private const int MaxCodeLength = 128;
    private const long IpBanStatus = 1111;

    /// <summary>The error that the body tells of, or null where it tells of none.</summary>
    /// <param name="httpStatus">The answer's status.</param>
    /// <param name="retryAfter">The answer's Retry-After.</param>
    /// <param name="requestId">The id of the request in the answer's header, where the body has none.</param>
    public DingTalkError? ToError(int httpStatus, TimeSpan? retryAfter, string? requestId)
    {
        DingTalkError Create(string code, string? message, TimeSpan? wait) => new(
            Shorten(code, MaxCodeLength),
            Shorten(message ?? "", MaxMessageLength),
            httpStatus,
            (Known(RequestId) ?? Known(OldRequestId) ?? requestId) is { } known ? Shorten(known, MaxCodeLength) : null,
            wait);

        if (Status == IpBanStatus)
        {
            return Create(TransportCodes.IpBan, "DingTalk has banned this IP address for some minutes.", retryAfter > LeastWaits.Ban ? retryAfter : LeastWaits.Ban);
        }

        if (Known(Code) is { } code && (httpStatus >= 400 || code != "0"))
        {
            return Create(code, Message, retryAfter);
        }

        if (Known(ErrCode) is { } old and not "0")
        {
            var oldCode = Known(SubCode) ?? old;
            return Create(long.TryParse(oldCode, out _) ? $"errcode:{oldCode}" : oldCode, Known(SubMessage) ?? ErrMsg, retryAfter);
        }

        return httpStatus is >= 200 and < 300 ? null : Create(TransportCodes.NoCode, $"HTTP {httpStatus} without a code.", retryAfter);
    }

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
