using MeetingRecordings.Conferences;

namespace MeetingRecordings.Fetching;

/// <summary>When a conference is first looked at after a notification. Later is cheaper: by then an event may have told more.</summary>
/// <param name="options">How long to wait for what.</param>
public sealed class FirstLookPolicy(RecoveryOptions options)
{
    /// <summary>Whether a message is wanted at all: that of a meeting's begin is not where the watch is off.</summary>
    public bool IsWanted(ConferenceMessage message) => message.Trigger != Trigger.Watch || options.WatchAfter is not null;

    /// <summary>How long the first look waits.</summary>
    /// <param name="message">The message of the notification.</param>
    /// <param name="now">The time, UTC.</param>
    public TimeSpan WaitFor(ConferenceMessage message, DateTimeOffset now)
    {
        // Nothing is waited for beyond the maximum age.
        var wait = UncappedWaitFor(message, now);
        return wait < options.MaxAge ? wait : options.MaxAge;
    }

    private TimeSpan UncappedWaitFor(ConferenceMessage message, DateTimeOffset now) => message.Trigger switch
    {
        Trigger.MeetingEnded or Trigger.Backfill => Remaining(options.FirstLookAfter, message.EndedAt, now),
        Trigger.SummaryReady => options.FirstLookAfter,
        Trigger.Watch => Remaining(options.WatchAfter ?? TimeSpan.Zero, message.Meeting?.StartedAt ?? now, now),
        _ => TimeSpan.Zero,
    };

    // Never longer than the whole, for a sender's clock may be ahead of ours.
    private static TimeSpan Remaining(TimeSpan whole, DateTimeOffset? since, DateTimeOffset now)
        => since is null || now - since >= whole ? TimeSpan.Zero
            : since > now ? whole
            : whole - (now - since.Value);
}
