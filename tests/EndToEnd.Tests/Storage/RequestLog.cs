using System.Collections.Concurrent;

namespace EndToEnd.Tests.Storage;

/// <summary>Notes the method and status of every request that goes by.</summary>
internal sealed class RequestLog() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<string> _requests = [];

    /// <summary>The requests since the last time that this was asked, for instance <c>PUT 201</c>.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = _requests.ToArray();
        _requests.Clear();
        return taken;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        _requests.Enqueue($"{request.Method} {(int)response.StatusCode}");
        return response;
    }
}
