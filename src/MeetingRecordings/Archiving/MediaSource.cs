using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace MeetingRecordings.Archiving;

/// <summary>
/// Fetches files from where DingTalk keeps them. Nothing of DingTalk's goes there but what its URL holds, only hosts of a list are asked,
/// and what their names stand for is looked at when the connection is made, redirects included. A URL is a secret: none gets into a log,
/// a span or a message of an exception.
/// </summary>
public sealed class MediaSource : IDisposable
{
    private const int MaxRedirects = 5;

    // Longer than any pause of a server that still sends.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly AllowedHosts _hosts;
    private readonly TimeProvider _clock;

    /// <summary>Creates a source.</summary>
    /// <param name="hosts">Which hosts may be asked.</param>
    /// <param name="clock">The time.</param>
    public MediaSource(AllowedHosts hosts, TimeProvider clock)
    {
        (_hosts, _clock) = (hosts, clock);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would connect in our place, to whatever address.
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // A span would hold the URL.
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Asks for a part of a file.</summary>
    /// <param name="url">The file.</param>
    /// <param name="first">Its first byte.</param>
    /// <param name="last">Its last byte; null asks for the whole file.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>The part, or the whole file where the source has no parts; or why there is neither.</returns>
    internal async Task<(SourceAnswer? Answer, SourceFault? Fault)> OpenAsync(Uri url, long first, long? last, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (!_hosts.Allows(url))
            {
                return (null, SourceFault.NotAllowed("hostNotAllowed", $"{url.Scheme}://{url.IdnHost} is not allowed by Archive__AllowedHosts."));
            }

            var (response, fault) = await SendAsync(url, first, last, cancellationToken);
            if (response is null)
            {
                return (null, fault);
            }

            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            {
                return Accept(response);
            }

            using (response)
            {
                if (RedirectOf(url, response) is not { } next)
                {
                    return (null, FaultOf((int)response.StatusCode));
                }

                url = next;
            }
        }

        return (null, SourceFault.Interrupted("redirects", $"The source has redirected more than {MaxRedirects} times."));
    }

    /// <summary>Reads from an answer until a buffer is full or the body ends.</summary>
    /// <returns>How many bytes were read; or why the body broke off.</returns>
    internal async Task<(int Read, SourceFault? Fault)> FillAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        using var silence = new CancellationTokenSource(LongestSilence, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            while (filled < buffer.Length)
            {
                var read = await body.ReadAsync(buffer[filled..], either.Token);
                if (read == 0)
                {
                    break;
                }

                filled += read;
                silence.CancelAfter(LongestSilence);
            }

            return (filled, null);
        }
        catch (Exception e) when (Describe(e, cancellationToken) is { } fault)
        {
            return (filled, fault);
        }
    }

    private static (SourceAnswer? Answer, SourceFault? Fault) Accept(HttpResponseMessage response)
    {
        if (!IsText(response.Content.Headers.ContentType?.MediaType))
        {
            return (new SourceAnswer(response), null);
        }

        // A gateway's page for people, which says to sign in or that the file is gone.
        response.Dispose();
        return (null, SourceFault.Refused("noMedia", "The source answers with a text in place of the file.", (int)response.StatusCode));
    }

    private static bool IsText(string? mediaType)
        => mediaType is not null
            && (mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
                || mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase)
                || mediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase));

    private static Uri? RedirectOf(Uri url, HttpResponseMessage response)
    {
        var isRedirect = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;
        return isRedirect && response.Headers.Location is { } location && Uri.TryCreate(url, location, out var next) ? next : null;
    }

    private static SourceFault FaultOf(int status) => status switch
    {
        401 or 403 or 404 or 410 => SourceFault.Refused($"http{status}", $"The source refuses the file with HTTP {status}.", status),
        412 or 416 => SourceFault.Changed(),
        _ => SourceFault.Interrupted($"http{status}", $"The source answers HTTP {status}.", status),
    };

    private static SourceFault? Describe(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => cancellationToken.IsCancellationRequested
            ? null
            : SourceFault.Interrupted("silent", $"The source has sent nothing for {LongestSilence.TotalSeconds} s."),
        HttpRequestException { InnerException: AddressNotAllowedException } or AddressNotAllowedException
            => SourceFault.NotAllowed("addressNotAllowed", "The source's host has no public address."),
        HttpRequestException http => SourceFault.Interrupted("connectionFailure", $"{http.HttpRequestError}"),
        IOException => SourceFault.Interrupted("connectionFailure", "The connection to the source broke."),
        _ => null,
    };

    private async Task<(HttpResponseMessage? Response, SourceFault? Fault)> SendAsync(
        Uri url, long first, long? last, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = last is null ? null : new RangeHeaderValue(first, last);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        using var silence = new CancellationTokenSource(LongestSilence, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return (await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token), null);
        }
        catch (Exception e) when (Describe(e, cancellationToken) is { } fault)
        {
            return (null, fault);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = (await Dns.GetHostAddressesAsync(host, cancellationToken)).Where(address => _hosts.Allows(host, address)).ToArray();
        if (addresses.Length == 0)
        {
            throw new AddressNotAllowedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
