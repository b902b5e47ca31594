using System.Collections.Concurrent;
using Amqp;
using Amqp.Listener;

namespace ServiceBusEmulator.Protocol;

/// <summary>Detaches links that nothing goes over for ten minutes, as Service Bus does: clients must be able to take that.</summary>
internal sealed class IdleLinks : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ListenerLink, LinkActivity> _links = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    public IdleLinks(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static state => ((IdleLinks)state!).DetachIdle(), this, Interval, Interval);
    }

    public LinkActivity Watch(ListenerLink link)
    {
        var activity = new LinkActivity(_clock);
        _links[link] = activity;
        link.AddClosedCallback((_, _) => _links.TryRemove(link, out _));
        return activity;
    }

    public void Dispose() => _timer.Dispose();

    private void DetachIdle()
    {
        foreach (var (link, activity) in _links)
        {
            if (activity.Idle >= Limit)
            {
                _links.TryRemove(link, out _);
                try
                {
                    link.Close(TimeSpan.Zero, Errors.Idle(Limit));
                }
                catch (Exception exception) when (exception is AmqpException or ObjectDisposedException)
                {
                    // It has just ended.
                }
            }
        }
    }
}
