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
    [property: JsonConverter(typeof(LenientInt64Converter))] long? Status,
    [property: JsonConverter(typeof(LenientStringConverter))] string? Success = null,
    [property: JsonConverter(typeof(LenientStringConverter))] string? ErrorCode = null,
    [property: JsonConverter(typeof(LenientStringConverter))] string? ErrorMsg = null,
    [property: JsonConverter(typeof(LenientStringConverter))] string? Msg = null)
{
    // What DingTalk says travels in message properties, whose size the queue limits.
    private const int MaxMessageLength = 500;
    private const int MaxCodeLength = 128;
    private const long IpBanStatus = 1111;

    // What gateways are known to put beside an answer that is one.
    private static readonly string[] SuccessCodes = ["0", "200", "OK", "success"];

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

        var saysFailed = string.Equals(Known(Success), "false", StringComparison.OrdinalIgnoreCase);
        var words = Known(Message) ?? Known(ErrorMsg) ?? Known(Msg) ?? Known(ErrMsg);
        if ((Known(Code) ?? Known(ErrorCode)) is { } code && (httpStatus >= 400 || !IsSuccess(code)))
        {
            return Create(code, words, retryAfter);
        }

        if (Known(ErrorCode) is { } errorCode && !IsSuccess(errorCode))
        {
            return Create(errorCode, words, retryAfter);
        }

        if (Known(ErrCode) is { } old and not "0")
        {
            var oldCode = Known(SubCode) ?? old;
            return Create(long.TryParse(oldCode, out _) ? $"errcode:{oldCode}" : oldCode, Known(SubMessage) ?? ErrMsg, retryAfter);
        }

        if (saysFailed)
        {
            return Create(TransportCodes.NoCode, words ?? $"HTTP {httpStatus} that says success=false without a code.", retryAfter);
        }

        return httpStatus is >= 200 and < 300 ? null : Create(TransportCodes.NoCode, $"HTTP {httpStatus} without a code.", retryAfter);
    }

    private static bool IsSuccess(string code) => SuccessCodes.Contains(code, StringComparer.OrdinalIgnoreCase);

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
