using System.Text;
using System.Text.Json;

namespace DingTalkSimulator.Pushing;

/// <summary>
/// The events that could not be delivered. To read them is to lose them: each reading drops what the one before gave. Safe for any
/// number of threads.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Obtain the event list of failed push messages".</remarks>
public sealed class FailedPushes
{
    private const int PageSize = 200;

    private readonly Lock _gate = new();
    private readonly List<ReadOnlyMemory<byte>> _items = [];
    private readonly SimulatorOptions _options;
    private readonly Tenant _tenant;
    private readonly EventWriter _writer;
    private int _given;

    internal FailedPushes(SimulatorOptions options, Tenant tenant, EventWriter writer)
    {
        (_options, _tenant, _writer) = (options, tenant, writer);
    }

    /// <summary>What is on the list, each item's JSON. To look here drops nothing.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>Lists an event without pushing it.</summary>
    /// <param name="kind">Which event.</param>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="shape">Where it stands in its item; null for as the conference's traits say.</param>
    /// <param name="withEnvelope">Whether it stands there with its envelope; null for as the conference's traits say.</param>
    /// <exception cref="ArgumentException">There is no such conference, or the event is about none.</exception>
    public void Add(PushedEvent kind, string conferenceId, FailedPushShape? shape = null, bool? withEnvelope = null)
    {
        if (!EventNames.IsAboutConference(kind))
        {
            throw new ArgumentException($"The event {kind} is about no conference.", nameof(kind));
        }

        var conference = _tenant.Find(conferenceId)
            ?? throw new ArgumentException($"There is no conference '{conferenceId}'.", nameof(conferenceId));
        Add(_writer.Write(kind, conference, _options.Clock.GetUtcNow()), shape, withEnvelope);
    }

    /// <summary>Lists any JSON, such as an item that nobody has seen yet.</summary>
    /// <param name="item">The item.</param>
    public void AddItem(JsonElement item) => Add(Encoding.UTF8.GetBytes(item.GetRawText()));

    internal void Add(ConferenceEvent undelivered, FailedPushShape? shape = null, bool? withEnvelope = null)
    {
        var traits = undelivered.Conference?.Traits ?? _tenant.Traits.Meeting;
        Add(FailedItemWriter.Write(
            undelivered,
            shape ?? traits.FailedPushShape,
            withEnvelope ?? traits.FailedPushEnvelope,
            _options.CorpId));
    }

    /// <summary>Drops what was given last, and gives the oldest of the rest.</summary>
    internal (IReadOnlyList<ReadOnlyMemory<byte>> Items, bool HasMore) Read()
    {
        lock (_gate)
        {
            _items.RemoveRange(0, _given);
            _given = Math.Min(_items.Count, PageSize);
            return (_items[.._given], _items.Count > _given);
        }
    }

    private void Add(byte[] item)
    {
        lock (_gate)
        {
            _items.Add(item);
        }
    }
}
