using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Tokens;
using MeetingRecordings.Conferences;

namespace DingTalkSimulator;

/// <summary>The simulated organisation: its conferences, its tokens and what shall go wrong. Safe for any number of threads.</summary>
public sealed class Tenant
{
    private const string UnionIdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int UnionIdRandomLength = 22;
    private const int ShortestMinutes = 15;
    private const int LongestMinutes = 120;
    private const int People = 256;

    private readonly ConcurrentDictionary<string, SimulatedConference> _conferences = new(StringComparer.Ordinal);
    private readonly string[] _unionIds = [.. Enumerable.Range(0, People).Select(_ => NewUnionId())];
    private readonly string _idInfix = RandomNumberGenerator.GetHexString(10, lowercase: true);
    private readonly TimeProvider _clock;
    private int _ordinal = -1;

    internal Tenant(TimeProvider clock)
    {
        _clock = clock;
        Tokens = new TokenBook(clock);
    }

    /// <summary>What goes wrong whatever conference is asked about.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Every conference, in the order in which they were added.</summary>
    public IReadOnlyList<SimulatedConference> Conferences => [.. _conferences.Values.OrderBy(conference => conference.Ordinal)];

    /// <summary>The access tokens given out.</summary>
    internal TokenBook Tokens { get; }

    /// <summary>Adds a conference that ends now.</summary>
    /// <param name="conferenceId">Its id; null makes one of 24 hex digits, as DingTalk's are.</param>
    /// <param name="videos">How many videos its recording has.</param>
    /// <param name="creatorUnionId">Who called it; null takes one of the organisation's people.</param>
    /// <exception cref="ArgumentException">There is such a conference, or the id cannot be one.</exception>
    public SimulatedConference AddConference(string? conferenceId = null, int videos = 2, string? creatorUnionId = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(videos);
        if (conferenceId is not null && !Identifiers.IsConferenceId(conferenceId))
        {
            throw new ArgumentException($"Expected {Identifiers.ConferenceIdGrammar}.", nameof(conferenceId));
        }

        var ordinal = Interlocked.Increment(ref _ordinal);
        var endedAt = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        var startedAt = endedAt - TimeSpan.FromMinutes(Random.Shared.Next(ShortestMinutes, LongestMinutes));
        var conference = new SimulatedConference(
            ordinal,
            conferenceId ?? NewConferenceId(startedAt, ordinal),
            creatorUnionId ?? _unionIds[ordinal % People],
            startedAt,
            endedAt);
        for (var video = 0; video < videos; video++)
        {
            conference.AddVideo();
        }

        return _conferences.TryAdd(conference.Id, conference)
            ? conference
            : throw new ArgumentException($"There is a conference {conference.Id} already.", nameof(conferenceId));
    }

    /// <summary>Finds a conference.</summary>
    /// <param name="conferenceId">Its id.</param>
    /// <returns>The conference; null where there is none.</returns>
    public SimulatedConference? Find(string conferenceId) => _conferences.GetValueOrDefault(conferenceId);

    /// <summary>Makes every access token given out so far invalid at once.</summary>
    public void RevokeTokens() => Tokens.Revoke();

    private static string NewUnionId() => RandomNumberGenerator.GetString(UnionIdAlphabet, UnionIdRandomLength) + "iEiE";

    // The shape of a MongoDB object id, which DingTalk's ids have: seconds, something of the process, a counter.
    private string NewConferenceId(DateTimeOffset startedAt, int ordinal)
        => string.Create(CultureInfo.InvariantCulture, $"{startedAt.ToUnixTimeSeconds():x8}{_idInfix}{ordinal & 0xFFFFFF:x6}");
}
