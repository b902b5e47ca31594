using MeetingRecordings.DingTalk.Wire;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// The access tokens of every organisation in which an app is called, each kept and fetched apart from the others. Those of the
/// organisations that were asked for last are kept.
/// </summary>
public sealed class CorpTokens : ITokenSource
{
    /// <summary>The most organisations whose tokens are kept: 1,000.</summary>
    public const int MaxCorps = 1000;

    private readonly Func<string, Func<Task<ApiAnswer<AccessTokenBody>>>> _requestOf;
    private readonly TimeProvider _clock;
    private readonly AccessTokens _none;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string CorpId, AccessTokens Tokens)>> _byCorp = new(StringComparer.Ordinal);
    private readonly LinkedList<(string CorpId, AccessTokens Tokens)> _lastUsedFirst = [];

    internal CorpTokens(Func<string, Func<Task<ApiAnswer<AccessTokenBody>>>> requestOf, TimeProvider clock)
    {
        _requestOf = requestOf;
        _clock = clock;
        _none = new AccessTokens(static () => Task.FromResult<ApiAnswer<AccessTokenBody>>(new ApiAnswer<AccessTokenBody>.Failed(NoCorp)), clock);
    }

    private static DingTalkError NoCorp => new(TransportCodes.NoCorpId, "The notification names no organisation.");

    /// <inheritdoc />
    public AccessTokens InCorp(string? corpId)
    {
        if (corpId is null)
        {
            return _none;
        }

        lock (_gate)
        {
            if (_byCorp.TryGetValue(corpId, out var node))
            {
                _lastUsedFirst.Remove(node);
            }
            else
            {
                node = new((corpId, new AccessTokens(_requestOf(corpId), _clock)));
                _byCorp.Add(corpId, node);
            }

            _lastUsedFirst.AddFirst(node);
            if (_lastUsedFirst.Count > MaxCorps)
            {
                _byCorp.Remove(_lastUsedFirst.Last!.Value.CorpId);
                _lastUsedFirst.RemoveLast();
            }

            return node.Value.Tokens;
        }
    }

    /// <inheritdoc />
    public Task<DingTalkError?> ProbeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _lastUsedFirst.First?.Value.Tokens.ProbeAsync(cancellationToken) ?? Task.FromResult<DingTalkError?>(null);
        }
    }
}
