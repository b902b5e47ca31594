namespace ServiceBusEmulator.Protocol;

/// <summary>When something last went over a link.</summary>
internal sealed class LinkActivity(TimeProvider clock)
{
    private long _last = clock.GetTimestamp();

    /// <summary>How long nothing has gone over the link.</summary>
    public TimeSpan Idle => clock.GetElapsedTime(Volatile.Read(ref _last));

    public void Note() => Volatile.Write(ref _last, clock.GetTimestamp());
}
