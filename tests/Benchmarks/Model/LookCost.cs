namespace Benchmarks.Model;

/// <summary>What a step of a conference's way costs outside the program.</summary>
/// <param name="DingTalkCalls">Calls to DingTalk's API; each counts against the monthly quota.</param>
/// <param name="Credits">Service Bus Standard's throttling credits: one a message sent, one a message received.</param>
/// <param name="Operations">Service Bus' billed operations: sends, receives and completions.</param>
/// <param name="Writes">Billed writes to Blob Storage, refused ones included.</param>
/// <param name="Reads">Billed reads from Blob Storage.</param>
/// <param name="Executions">Function executions.</param>
internal sealed record LookCost(double DingTalkCalls, double Credits, double Operations, double Writes, double Reads, double Executions)
{
    /// <summary>A push: one send.</summary>
    public static LookCost Notification { get; } = new(0, 1, 1, 0, 0, 1);

    /// <summary>A meeting that nobody recorded: getVideos, conference info, the manifest that says so.</summary>
    public static LookCost NotRecorded { get; } = Look(calls: 2, followedUp: false, writes: 1, reads: 0);

    /// <summary>The first look at a recording that is not ready: getVideos, conference info, another look scheduled.</summary>
    public static LookCost NotReadyYet { get; } = Look(calls: 2, followedUp: true, writes: 0, reads: 0);

    /// <summary>A look that finds videos: getVideos, one PUT that creates the manifest with its tags, the second look scheduled.</summary>
    public static LookCost Recorded { get; } = Look(calls: 1, followedUp: true, writes: 1, reads: 0);

    /// <summary>The second look, which finds nothing new: getVideos, and the manifest read.</summary>
    public static LookCost SecondLook { get; } = Look(calls: 1, followedUp: false, writes: 0, reads: 1);

    public static LookCost operator +(LookCost a, LookCost b) => new(
        a.DingTalkCalls + b.DingTalkCalls,
        a.Credits + b.Credits,
        a.Operations + b.Operations,
        a.Writes + b.Writes,
        a.Reads + b.Reads,
        a.Executions + b.Executions);

    public static LookCost operator *(LookCost a, double times) => new(
        a.DingTalkCalls * times,
        a.Credits * times,
        a.Operations * times,
        a.Writes * times,
        a.Reads * times,
        a.Executions * times);

    // Every look is a receive and a completion, and a send where another follows.
    private static LookCost Look(double calls, bool followedUp, double writes, double reads)
        => new(calls, followedUp ? 2 : 1, followedUp ? 3 : 2, writes, reads, 1);
}
