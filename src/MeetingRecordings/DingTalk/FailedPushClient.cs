using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MeetingRecordings.DingTalk.Wire;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// Asks an internal app's DingTalk for the pushes that it could not deliver. To read is to lose: each call drops what the one
/// before it gave.
/// </summary>
/// <remarks>
/// Source: DingTalk open platform, "Obtain the event list of failed push messages". That the list holds conference events is not
/// documented.
/// </remarks>
/// <param name="http">Calls DingTalk.</param>
/// <param name="tokens">The app's access tokens.</param>
/// <param name="baseAddress">Where DingTalk's older API is.</param>
public sealed class FailedPushClient(DingTalkHttp http, AccessTokens tokens, Uri baseAddress)
{
    private const string Path = "call_back/get_call_back_failed_result";

    // The list wraps an event in an object named after its kind of content.
    private const string Content = "callbackData";

    /// <summary>Asks for the next of them. The call cannot be cancelled: its answer could be lost.</summary>
    public async Task<ApiAnswer<FailedPushPage>> TakeAsync() => (await http.CallAsync(
        DingTalkApi.FailedPushes,
        tokens,
        token => new HttpRequestMessage(HttpMethod.Get, new Uri(baseAddress, $"{Path}?access_token={Uri.EscapeDataString(token.Value)}")),
        DingTalkJsonContext.Default.FailedPushesBody,
        CancellationToken.None)).Map(ToPage);

    private static FailedPushPage ToPage(FailedPushesBody body) => new(
        body.FailedList.ValueKind == JsonValueKind.Array ? [.. body.FailedList.EnumerateArray().Select(ToPush).OfType<FailedPush>()] : [],
        string.Equals(body.HasMore, "true", StringComparison.OrdinalIgnoreCase));

    private static FailedPush? ToPush(JsonElement item)
        => item.ValueKind == JsonValueKind.Object && Text(item, "call_back_tag") is { } tag ? new FailedPush(tag, ToPlaintext(item, tag)) : null;

    private static byte[] ToPlaintext(JsonElement item, string tag)
    {
        try
        {
            return !item.TryGetProperty(tag, out var wrapper) || wrapper.ValueKind != JsonValueKind.Object || !wrapper.TryGetProperty(Content, out var content)
                ? []
                : content.ValueKind switch
                {
                    JsonValueKind.String => Encoding.UTF8.GetBytes(content.GetString()!),
                    JsonValueKind.Object when !content.TryGetProperty("EventType", out _) => WithEnvelope(content, tag, Text(wrapper, "corpid"), item),
                    _ => JsonMarshal.GetRawUtf8Value(content).ToArray(),
                };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair. The list is given once, so it must not take the other pushes with it.
            return [];
        }
    }

    // The list keeps some of an event's envelope beside its content, which stays as it came: a name in it may be no text.
    private static byte[] WithEnvelope(JsonElement content, string tag, string? corpId, JsonElement item)
    {
        using var envelope = new MemoryStream();
        using (var json = new Utf8JsonWriter(envelope))
        {
            json.WriteStartObject();
            json.WriteString("EventType", tag);
            json.WriteString("CorpId", corpId);
            if (item.TryGetProperty("event_time", out var time))
            {
                json.WritePropertyName("EventTime");
                time.WriteTo(json);
            }

            json.WriteEndObject();
        }

        var separator = content.GetPropertyCount() > 0 ? ","u8 : default;
        return [.. envelope.ToArray()[..^1], .. separator, .. JsonMarshal.GetRawUtf8Value(content)[1..]];
    }

    private static string? Text(JsonElement item, string name)
    {
        try
        {
            return item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
