using System.Net;

namespace Benchmarks.DingTalk;

/// <summary>Answers every request at once with the same bytes.</summary>
internal sealed class AnswerFromMemory(byte[] body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body), RequestMessage = request });
}
