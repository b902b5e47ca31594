using System.Collections.Concurrent;

namespace DingTalkSimulator.Pushing;

/// <summary>Plays meetings: pushes each of their events when its time has come.</summary>
public sealed class MeetingPlayer
{
    private readonly ConcurrentDictionary<Task, byte> _plays = [];
    private readonly EventPusher _pusher;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;

    internal MeetingPlayer(EventPusher pusher, TimeProvider clock, CancellationToken stopping)
    {
        (_pusher, _clock, _stopping) = (pusher, clock, stopping);
    }

    /// <summary>
    /// Pushes the events that the conference's traits name, each at its time. An event that fails is tried again while later ones are
    /// pushed already.
    /// </summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="callbackUrl">Where to; null for <see cref="EventPusher.CallbackUrl"/>.</param>
    /// <param name="cancellationToken">Cancels what is left.</param>
    /// <returns>The events in the order in which they were pushed, once all are delivered or given up.</returns>
    /// <exception cref="ArgumentException">There is no such conference.</exception>
    /// <exception cref="InvalidOperationException">No callback URL is known.</exception>
    public async Task<IReadOnlyList<PlayedEvent>> PlayAsync(
        string conferenceId,
        Uri? callbackUrl = null,
        CancellationToken cancellationToken = default)
    {
        var (url, conference) = (_pusher.UrlOr(callbackUrl), _pusher.Find(conferenceId));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        var planned = PlannedEvent.Of(conference);
        _pusher.Fate.Reorder(planned, one => (one.Kind, conference));
        var pushes = new List<(PlannedEvent Planned, Task<PushResult> Push)>();
        foreach (var one in planned)
        {
            if (one.DueAt - _clock.GetUtcNow() is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, _clock, either.Token);
            }

            var push = await _pusher.BeginAsync(one.Kind, conference, one.HappensAt, url, either.Token);
            pushes.Add((one, push));
        }

        await Task.WhenAll(pushes.Select(static push => push.Push));
        return [.. pushes.Select(static push => new PlayedEvent(push.Planned.Kind, push.Planned.DueAt, push.Push.Result))];
    }

    /// <summary>Whether all events that a conference will have are due.</summary>
    internal bool IsDue(SimulatedConference conference)
    {
        var now = _clock.GetUtcNow();
        return PlannedEvent.Of(conference).TrueForAll(planned => planned.DueAt <= now);
    }

    /// <summary>Plays a meeting in the background, until the simulator stops.</summary>
    internal void Start(string conferenceId)
    {
        var play = PlayAsync(conferenceId);
        _plays.TryAdd(play, 0);
        play.ContinueWith(done => _plays.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>Waits for the plays in the background, once the simulator stops.</summary>
    internal Task WaitAsync() => Task.WhenAll(_plays.Keys).ContinueWith(static _ => { }, TaskScheduler.Default);
}
