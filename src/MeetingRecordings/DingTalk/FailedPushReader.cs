using System.Text;
using System.Text.Json;

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
public sealed class FailedPushReader(DingTalkHttp http, AccessTokens tokens, Uri baseAddress)
{
    private const string Path = "call_back/get_call_back_failed_result";

    // The list wraps an event in an object named after its kind of content.
    private const string Content = "callbackData";

    /// <summary>Asks for the next of them. The call cannot be given up: its answer could be lost.</summary>
    public async Task<ApiAnswer<FailedPushPage>> ReadAsync()
    {
        for (var lastTry = false; ; lastTry = true)
        {
            var tokenAnswer = await tokens.GetAsync(CancellationToken.None).ConfigureAwait(false);
            if (tokenAnswer is not ApiAnswer<AccessToken>.Ok { Value: var token })
            {
                return new ApiAnswer<FailedPushPage>.Failed(((ApiAnswer<AccessToken>.Failed)tokenAnswer).Error);
            }

            switch (await CallAsync(token).ConfigureAwait(false))
            {
                case ApiAnswer<FailedPushesBody>.Ok ok:
                    return new ApiAnswer<FailedPushPage>.Ok(ToPage(ok.Value));
                case ApiAnswer<FailedPushesBody>.Failed { Error.Class: ErrorClass.InvalidToken } when !lastTry:
                    tokens.Drop(token);
                    continue;
                case ApiAnswer<FailedPushesBody>.Failed failed:
                    return new ApiAnswer<FailedPushPage>.Failed(failed.Error);
            }
        }
    }

    private Task<ApiAnswer<FailedPushesBody>> CallAsync(AccessToken token) => http.CallAsync(
        DingTalkApi.FailedPushes,
        () => new HttpRequestMessage(HttpMethod.Get, new Uri(baseAddress, $"{Path}?access_token={Uri.EscapeDataString(token.Value)}")),
        DingTalkJsonContext.Default.FailedPushesBody,
        deadline: null,
        CancellationToken.None);

    private static FailedPushPage ToPage(FailedPushesBody body) => new(
        body.FailedList.ValueKind == JsonValueKind.Array ? [.. body.FailedList.EnumerateArray().Select(ToPush).OfType<FailedPush>()] : [],
        string.Equals(body.HasMore, "true", StringComparison.OrdinalIgnoreCase));

    private static FailedPush? ToPush(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "call_back_tag") is not { } tag)
        {
            return null;
        }

        if (!item.TryGetProperty(tag, out var wrapper) || wrapper.ValueKind != JsonValueKind.Object || !wrapper.TryGetProperty(Content, out var content))
        {
            return new FailedPush(tag, default);
        }

        if (content.ValueKind == JsonValueKind.String)
        {
            return new FailedPush(tag, Encoding.UTF8.GetBytes(content.GetString()!));
        }

        return new FailedPush(tag, content.ValueKind == JsonValueKind.Object && !content.TryGetProperty("EventType", out _)
            ? WithEnvelope(content, tag, Text(wrapper, "corpid"), item)
            : Encoding.UTF8.GetBytes(content.GetRawText()));
    }

    // The list keeps some of an event's envelope beside its content.
    private static ReadOnlyMemory<byte> WithEnvelope(JsonElement content, string tag, string? corpId, JsonElement item)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("EventType", tag);
            json.WriteString("CorpId", corpId);
            if (item.TryGetProperty("event_time", out var time))
            {
                json.WritePropertyName("EventTime");
                time.WriteTo(json);
            }

            foreach (var property in content.EnumerateObject())
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string? Text(JsonElement item, string name)
        => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
