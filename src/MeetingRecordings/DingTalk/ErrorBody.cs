using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk;

/// <summary>Every shape in which DingTalk says no: its v1.0 API, its older API, and the gateway's ban.</summary>
internal sealed record ErrorBody(
    [property: JsonConverter(typeof(LenientStringConverter))] string? Code,
    [property: JsonConverter(typeof(LenientStringConverter))] string? Message,
    [property: JsonConverter(typeof(LenientStringConverter))] string? RequestId,
    [property: JsonConverter(typeof(LenientInt64Converter))] long? ErrCode,
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
    private static readonly TimeSpan DefaultBan = TimeSpan.FromMinutes(5);

    /// <summary>The error that the body tells of, or null where it tells of none.</summary>
    /// <param name="httpStatus">The answer's status.</param>
    /// <param name="retryAfter">The answer's Retry-After.</param>
    public DingTalkError? ToError(int httpStatus, TimeSpan? retryAfter)
    {
        if (Status == IpBanStatus)
        {
            return Create(TransportCodes.IpBan, "DingTalk has banned this IP address for some minutes.", httpStatus, DefaultBan);
        }

        if (!string.IsNullOrEmpty(Code) && (httpStatus >= 400 || !Code.Equals("0", StringComparison.Ordinal)))
        {
            return Create(Code, Message, httpStatus, retryAfter);
        }

        if (ErrCode is not (null or 0))
        {
            return Create($"errcode:{Known(SubCode) ?? ErrCode.ToString()}", Known(SubMessage) ?? ErrMsg, httpStatus, retryAfter);
        }

        return httpStatus is >= 200 and < 300
            ? null
            : Create(TransportCodes.NoCode, $"HTTP {httpStatus} without a code.", httpStatus, retryAfter);
    }

    private DingTalkError Create(string code, string? message, int httpStatus, TimeSpan? retryAfter) => new(
        Shorten(code, MaxCodeLength),
        Shorten(message ?? "", MaxMessageLength),
        httpStatus,
        (Known(RequestId) ?? Known(OldRequestId)) is { } requestId ? Shorten(requestId, MaxCodeLength) : null,
        retryAfter);

    private static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
