using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Metering;
using DingTalkSimulator.Tokens;
using MeetingRecordings.Conferences;

namespace DingTalkSimulator;

/// <summary>The simulated organisation: its conferences, its tokens and what shall go wrong. Safe for any number of threads.</summary>
public sealed class Tenant
{
    private const string UnionIdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int UnionIdRandomLength = 22;
    private const int SuiteTicketLength = 64;
    private const int ShortestMinutes = 15;
    private const int LongestMinutes = 120;
    private const int People = 256;

    private readonly ConcurrentDictionary<string, SimulatedConference> _conferences = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableList<SimulatedConference>> _byRoomCode = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _guests = new(StringComparer.Ordinal);
    private readonly string[] _unionIds = [.. Enumerable.Range(0, People).Select(_ => NewUnionId())];
    private readonly string _idInfix = RandomNumberGenerator.GetHexString(10, lowercase: true);
    private readonly TimeProvider _clock;
    private volatile TenantTraits _traits;
    private volatile string _suiteTicket;
    private int _ordinal = -1;

    internal Tenant(TimeProvider clock, TenantTraits traits, string suiteTicket)
    {
        _clock = clock;
        _traits = traits;
        _suiteTicket = suiteTicket;
        Meter = new MonthMeter(clock, () => Traits);
        Tokens = new TokenBook(clock);
    }

    /// <summary>How DingTalk treats the organisation. It may be changed at any time.</summary>
    public TenantTraits Traits
    {
        get => _traits;
        set => _traits = value;
    }

    /// <summary>What goes wrong whatever conference is asked about.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>What DingTalk counts by the month.</summary>
    public MonthMeter Meter { get; }

    /// <summary>The ticket that the third-party app must show; only the newest one holds.</summary>
    public string SuiteTicket
    {
        get => _suiteTicket;
        set => _suiteTicket = value;
    }

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
        => AddConference(new MeetingPlan { ConferenceId = conferenceId, Videos = videos, CreatorUnionId = creatorUnionId });

    /// <summary>Adds a conference.</summary>
    /// <param name="plan">What is known of it.</param>
    /// <exception cref="ArgumentException">There is such a conference, or the id cannot be one.</exception>
    public SimulatedConference AddConference(MeetingPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plan.Videos, nameof(plan));
        if (plan.ConferenceId is not null && !Identifiers.IsConferenceId(plan.ConferenceId))
        {
            throw new ArgumentException($"Expected {Identifiers.ConferenceIdGrammar}.", nameof(plan));
        }

        var ordinal = Interlocked.Increment(ref _ordinal);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        var length = TimeSpan.FromMinutes(Random.Shared.Next(ShortestMinutes, LongestMinutes));
        var startedAt = plan.StartedAt ?? (plan.EndsIn > TimeSpan.Zero ? now : now - length);
        var creator = plan.CreatorUnionId ?? _unionIds[ordinal % People];
        var conference = new SimulatedConference(
            ordinal,
            plan with
            {
                ConferenceId = plan.ConferenceId ?? NewConferenceId(startedAt, ordinal),
                CreatorUnionId = creator,
                OwnerUnionId = plan.OwnerUnionId ?? OwnerOf(ordinal, creator),
                StartedAt = startedAt,
                Traits = plan.Traits ?? Traits.Meeting,
            },
            _clock);
        if (!_conferences.TryAdd(conference.Id, conference))
        {
            throw new ArgumentException($"There is a conference {conference.Id} already.", nameof(plan));
        }

        _byRoomCode.AddOrUpdate(conference.RoomCode, [conference], (_, others) => others.Add(conference));
        AddGuest(plan.CreatorUnionId);
        AddGuest(plan.OwnerUnionId);
        return conference;
    }

    /// <summary>Finds a conference.</summary>
    /// <param name="conferenceId">Its id.</param>
    /// <returns>The conference; null where there is none.</returns>
    public SimulatedConference? Find(string conferenceId) => _conferences.GetValueOrDefault(conferenceId);

    /// <summary>The conferences of a room code, in the order in which they were added.</summary>
    /// <param name="roomCode">The room code.</param>
    public IReadOnlyList<SimulatedConference> FindByRoomCode(string roomCode) => _byRoomCode.GetValueOrDefault(roomCode, []);

    /// <summary>Makes every access token given out so far invalid at once.</summary>
    public void RevokeTokens() => Tokens.Revoke();

    /// <summary>A ticket as long as DingTalk's.</summary>
    internal static string NewSuiteTicket() => RandomNumberGenerator.GetString(UnionIdAlphabet, SuiteTicketLength);

    /// <summary>Whether the organisation has such a user, or a conference was added with them.</summary>
    internal bool Knows(string unionId) => _guests.ContainsKey(unionId) || Array.IndexOf(_unionIds, unionId) >= 0;

    private static string NewUnionId() => RandomNumberGenerator.GetString(UnionIdAlphabet, UnionIdRandomLength) + "iEiE";

    private void AddGuest(string? unionId)
    {
        if (unionId is not null)
        {
            _guests.TryAdd(unionId, 0);
        }
    }

    private string OwnerOf(int ordinal, string creator)
    {
        var every = Traits.ForeignOwnerEvery;
        return every == 0 || ordinal % every != every - 1 ? creator : _unionIds[(ordinal + 1) % People];
    }

    // The shape of a MongoDB object id, which DingTalk's ids have: seconds, something of the process, a counter.
    private string NewConferenceId(DateTimeOffset startedAt, int ordinal)
        => string.Create(CultureInfo.InvariantCulture, $"{startedAt.ToUnixTimeSeconds():x8}{_idInfix}{ordinal & 0xFFFFFF:x6}");
}
