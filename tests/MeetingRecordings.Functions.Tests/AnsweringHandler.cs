using System.Net;
using System.Text;

namespace MeetingRecordings.Functions.Tests;

/// <summary>Answers HTTP requests by a function of the test's.</summary>
internal sealed class AnsweringHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    private static readonly Uri BaseAddress = new("http://dingtalk.test/");

    public static HttpClient CreateClient(Func<HttpRequestMessage, HttpResponseMessage> answer)
        => new(new AnsweringHandler(answer)) { BaseAddress = BaseAddress };

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK)
        => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(answer(request));
    }
}
