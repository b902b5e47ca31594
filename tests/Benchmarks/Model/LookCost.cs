namespace Benchmarks.Model;

/// <summary>What a step of a conference's way costs outside the program; docs/operations.md reckons costs and limits with the same numbers.</summary>
/// <param name="DingTalkCalls">Calls to DingTalk's API; each counts against the monthly quota.</param>
/// <param name="Credits">Service Bus Standard's throttling credits: one a message sent, one a message received.</param>
/// <param name="Operations">Service Bus' billed operations: sends, receives and completions.</param>
/// <param name="Writes">Billed writes to Blob Storage.</param>
/// <param name="Reads">Billed reads from Blob Storage.</param>
/// <param name="Executions">Function executions.</param>
internal sealed record LookCost(double DingTalkCalls, double Credits, double Operations, double Writes, double Reads, double Executions)
{
    /// <summary>A push: one send.</summary>
    public static LookCost Notification { get; } = new(0, 1, 1, 0, 0, 1);

    /// <summary>After the end of a meeting that nobody recorded: conference info, and the manifest that says so.</summary>
    public static LookCost NotRecorded { get; } = Look(calls: 1, writes: 1, reads: 1);

    /// <summary>A video that an event has announced: conference info, getVideos, and the manifest.</summary>
    public static LookCost Announced { get; } = Look(calls: 2, writes: 1, reads: 1);

    /// <summary>After the end of a meeting whose manifest is there: its end is merged in.</summary>
    public static LookCost Ended { get; } = Look(calls: 0, writes: 1, reads: 2);

    /// <summary>A summary, or a watch that finds a manifest.</summary>
    public static LookCost Unneeded { get; } = Look(calls: 0, writes: 0, reads: 1);

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

    // Every look is a receive and a completion.
    private static LookCost Look(double calls, double writes, double reads) => new(calls, 1, 2, writes, reads, 1);
}
