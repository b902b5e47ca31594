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

    /// <summary>Asks for the next of them. The call cannot be cancelled: its answer could be lost.</summary>
    public async Task<ApiAnswer<FailedPushPage>> TakeAsync() => (await http.CallAsync(
        DingTalkApi.FailedPushes,
        tokens,
        token => new HttpRequestMessage(HttpMethod.Get, new Uri(baseAddress, $"{Path}?access_token={Uri.EscapeDataString(token.Value)}")),
        DingTalkJsonContext.Default.FailedPushesBody,
        CancellationToken.None)).Map(ToPage);

    private static FailedPushPage ToPage(FailedPushesBody body)
        => new(FailedPushList.Read(body.FailedList), string.Equals(body.HasMore, "true", StringComparison.OrdinalIgnoreCase));
}
