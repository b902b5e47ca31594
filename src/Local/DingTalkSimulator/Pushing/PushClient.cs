using System.Net.Http.Headers;

namespace DingTalkSimulator.Pushing;

/// <summary>Posts a push once, and tells whether the answer counts as a delivery.</summary>
internal sealed class PushClient(SimulatorOptions options) : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    // A callback URL that redirects is refused by DingTalk's console.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <summary>Posts it.</summary>
    /// <returns>The HTTP status, null where no answer came; and what is wrong with the answer, null where nothing is.</returns>
    public async Task<(int? Status, string? Fault)> SendAsync(EncryptedPush push, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.PushTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var content = new ByteArrayContent(push.Body);
        content.Headers.ContentType = Json;
        try
        {
            using var response = await _http.PostAsync(push.Url, content, either.Token);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return (status, DeliveryCheck.FaultOf(status, body, push.Keys));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"No answer within {options.PushTimeout.TotalSeconds} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, e.Message);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
