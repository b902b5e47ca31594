using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MeetingRecordings.Notifications.Callbacks;

namespace DingTalkSimulator.Pushing;

/// <summary>Pushes encrypted, signed events over HTTP, tries again as DingTalk does, and lists what it had to give up.</summary>
public sealed class EventPusher : IDisposable
{
    private const int NonceLength = 8;
    private const int MaxAnswerBytes = 64 * 1024;
    private const string NonceAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    private readonly SimulatorOptions _options;
    private readonly Tenant _tenant;
    private readonly Ledger _ledger;
    private readonly CallbackKeys _keys;
    private readonly EventWriter _writer;
    private volatile Uri? _callbackUrl;

    // A callback URL that redirects is refused by DingTalk's console.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    internal EventPusher(SimulatorOptions options, Tenant tenant, Ledger ledger)
    {
        _options = options;
        _callbackUrl = options.CallbackUrl;
        _tenant = tenant;
        _ledger = ledger;
        _keys = new CallbackKeys(options.CallbackToken, new CallbackCipher(options.EncodingAesKey), options.AppKey);
        _writer = new EventWriter(options.CorpId);
    }

    /// <summary>Where events are pushed to unless a push names another place; null for nowhere. It may be changed at any time.</summary>
    public Uri? CallbackUrl
    {
        get => _callbackUrl;
        set => _callbackUrl = value;
    }

    /// <summary>The events that were given up.</summary>
    internal FailedPushes Failed { get; } = new();

    /// <summary>Pushes the end of a conference. To push it again is to push the same event again, with the same id.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="callbackUrl">Where to; null for <see cref="CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Gives the push up, by an exception.</param>
    /// <exception cref="ArgumentException">There is no such conference.</exception>
    /// <exception cref="InvalidOperationException">No callback URL is known.</exception>
    public Task<PushResult> PushEndedAsync(string conferenceId, Uri? callbackUrl = null, CancellationToken cancellationToken = default)
        => PushAsync(PushedEvent.MeetingEnded, conferenceId, callbackUrl, cancellationToken);

    /// <summary>Pushes an event, again after each of <see cref="SimulatorOptions.PushRetries"/> until it is delivered.</summary>
    /// <param name="kind">Which event.</param>
    /// <param name="conferenceId">The conference; null for <see cref="PushedEvent.CheckUrl"/>.</param>
    /// <param name="callbackUrl">Where to; null for <see cref="CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Gives the push up, by an exception.</param>
    /// <exception cref="ArgumentException">There is no such conference.</exception>
    /// <exception cref="InvalidOperationException">No callback URL is known.</exception>
    public async Task<PushResult> PushAsync(
        PushedEvent kind,
        string? conferenceId,
        Uri? callbackUrl = null,
        CancellationToken cancellationToken = default)
    {
        var url = callbackUrl ?? CallbackUrl ?? throw new InvalidOperationException("No callback URL is known.");
        var conferenceEvent = kind == PushedEvent.CheckUrl ? EventWriter.CheckUrl(_options.Clock.GetUtcNow())
            : _tenant.Find(conferenceId ?? "") is { } conference ? _writer.Write(kind, conference)
            : throw new ArgumentException($"There is no conference '{conferenceId}'.", nameof(conferenceId));
        var push = Encrypt(url, conferenceEvent);
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt > _options.PushRetries.Count;
            var (status, fault) = await SendAsync(push, cancellationToken).ConfigureAwait(false);
            _ledger.Add(new PushAttempt(
                _options.Clock.GetUtcNow(),
                conferenceEvent.Type,
                conferenceEvent.Id,
                conferenceEvent.ConferenceId,
                attempt,
                Delivered: fault is null,
                GivenUp: fault is not null && isLast,
                status,
                fault));
            if (fault is null || isLast)
            {
                if (fault is not null && kind != PushedEvent.CheckUrl)
                {
                    Failed.Add(conferenceEvent);
                }

                return new PushResult(fault is null, attempt, status, fault);
            }

            await Task.Delay(_options.PushRetries[attempt - 1], _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // Every try carries the same bytes, timestamp and nonce: DingTalk does not say, and it is the harder case for a receiver.
    private (Uri Url, byte[] Body) Encrypt(Uri callbackUrl, ConferenceEvent conferenceEvent)
    {
        var encrypted = _keys.Cipher.Encrypt(conferenceEvent.Plaintext.Span, _keys.OwnerKey);
        var timestamp = _options.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetString(NonceAlphabet, NonceLength);
        var signature = CallbackSignature.Sign(_keys.Token, timestamp, nonce, encrypted);
        var query = $"signature={signature}&msg_signature={signature}&timestamp={timestamp}&nonce={nonce}";
        var url = new UriBuilder(callbackUrl);
        url.Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query;
        return (url.Uri, Encoding.ASCII.GetBytes($"{{\"encrypt\":\"{encrypted}\"}}"));
    }

    private async Task<(int? Status, string? Fault)> SendAsync((Uri Url, byte[] Body) push, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.PushTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var content = new ByteArrayContent(push.Body);
        content.Headers.ContentType = Json;
        try
        {
            using var response = await _http.PostAsync(push.Url, content, either.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return (status, DeliveryCheck.FaultOf(status, await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false), _keys));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"No answer within {_options.PushTimeout.TotalSeconds} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, e.Message);
        }
    }
}
