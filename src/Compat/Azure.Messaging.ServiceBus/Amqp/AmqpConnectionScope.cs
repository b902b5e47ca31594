using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>The one connection of a client, opened again when it breaks, and the links on it with their tokens.</summary>
internal sealed class AmqpConnectionScope
{
    /// <summary>How long before its end a token is replaced; a shorter one at half of its time.</summary>
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan RenewalRetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>A ready-made signature stays what it is when it is put again, and so does its end.</summary>
    private static readonly TimeSpan ShortestRenewalDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly NamespaceEndpoint _endpoint;
    private readonly TokenSource _tokens;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly OnDemand<AmqpConnection> _connection;
    private volatile bool _closed;

    /// <summary>Makes one; nothing is connected yet.</summary>
    /// <param name="endpoint">Where to connect to.</param>
    /// <param name="tokens">What opens queues.</param>
    /// <param name="idleTimeout">How long the connection may be silent.</param>
    /// <param name="timeout">How long opening the connection or a link may take.</param>
    /// <param name="time">The clock.</param>
    public AmqpConnectionScope(NamespaceEndpoint endpoint, TokenSource tokens, TimeSpan idleTimeout, TimeSpan timeout, TimeProvider time)
    {
        _endpoint = endpoint;
        _tokens = tokens;
        _timeout = timeout;
        _time = time;
        _connection = new OnDemand<AmqpConnection>(
            token => AmqpConnection.OpenAsync(endpoint, idleTimeout, timeout, token),
            timeout);
    }

    public bool IsClosed => _closed;

    public OnDemand<SendLink> SendLinkTo(string entityPath, string identifier) => LinkTo(
        entityPath,
        (connection, token) => SendLink.OpenAsync(connection, entityPath, identifier, _timeout, token));

    public OnDemand<ReceiveLink> ReceiveLinkTo(string entityPath, string identifier, ServiceBusReceiveMode mode) => LinkTo(
        entityPath,
        (connection, token) => ReceiveLink.OpenAsync(connection, entityPath, identifier, mode, _timeout, token));

    public OnDemand<RequestLink> ManagementLinkTo(string entityPath) => LinkTo(
        entityPath,
        (connection, token) => RequestLink.OpenAsync(connection, EntityPaths.ManagementOf(entityPath), "entity-mgmt", _timeout, token));

    public Task CloseAsync()
    {
        _closed = true;
        return _connection.CloseAsync(CancellationToken.None);
    }

    private OnDemand<T> LinkTo<T>(string entityPath, Func<AmqpConnection, CancellationToken, Task<T>> open)
        where T : AmqpEndpoint
        => new(
            async cancellationToken =>
            {
                var audience = _endpoint.AudienceOf(entityPath);
                var connection = await _connection.GetAsync(cancellationToken).ConfigureAwait(false);
                var token = await AuthorizeAsync(connection, audience, cancellationToken).ConfigureAwait(false);
                var link = await open(connection, cancellationToken).ConfigureAwait(false);
                _ = KeepAuthorizedAsync(connection, link, audience, token);
                return link;
            },
            _timeout);

    private async Task<CbsToken> AuthorizeAsync(AmqpConnection connection, string audience, CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(audience, cancellationToken).ConfigureAwait(false);
        await connection.PutTokenAsync(audience, token, cancellationToken).ConfigureAwait(false);
        return token;
    }

    /// <summary>Replaces the token of a link before it ends, for as long as the link is open.</summary>
    private async Task KeepAuthorizedAsync(AmqpConnection connection, AmqpEndpoint link, string audience, CbsToken token)
    {
        try
        {
            while (true)
            {
                await DelayUntilRenewalAsync(token, link.Closed).ConfigureAwait(false);
                try
                {
                    token = await AuthorizeAsync(connection, audience, link.Closed).ConfigureAwait(false);
                }
                catch (Exception) when (!link.Closed.IsCancellationRequested)
                {
                    // Should the token end before one of the next attempts succeeds, the broker detaches the link, and
                    // whoever needs it next is told why it cannot be opened.
                    await Task.Delay(RenewalRetryDelay, _time, link.Closed).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The link is closed.
        }
    }

    private async Task DelayUntilRenewalAsync(CbsToken token, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var left = token.ExpiresOn - now;
        var delay = left - (left / 2 < RenewalMargin ? left / 2 : RenewalMargin);
        var due = now + (delay > ShortestRenewalDelay ? delay : ShortestRenewalDelay);
        while (due - _time.GetUtcNow() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait < LongestDelay ? wait : LongestDelay, _time, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
