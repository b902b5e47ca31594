using System.Diagnostics;
using System.Diagnostics.Metrics;
using MeetingRecordings.Archiving;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Telemetry;

/// <summary>What the app tells of its work; docs/operations.md lists the names. No tag holds a secret or an id without bounds.</summary>
public static class RecordingTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "MeetingRecordings";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Notifications = Meter.CreateCounter<long>(
        "meeting_recordings.notifications", "{notification}", "Notifications by what became of them");

    private static readonly Counter<long> Fetches = Meter.CreateCounter<long>(
        "meeting_recordings.fetches", "{fetch}", "Looks at conferences by their outcome, its class and what follows");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "meeting_recordings.dingtalk.calls", "{call}", "HTTP calls to DingTalk by API and code, quick tries included");

    private static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>(
        "meeting_recordings.dingtalk.call.duration", "s", "How long HTTP calls to DingTalk take");

    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>(
        "meeting_recordings.queue.age", "s", "How long a message was due when its look began");

    private static readonly Gauge<long> QueueMessages = Meter.CreateGauge<long>(
        "meeting_recordings.queue.messages", "{message}", "Messages in a queue by their state");

    private static readonly Gauge<double> QueueOldest = Meter.CreateGauge<double>(
        "meeting_recordings.queue.oldest", "s", "How long the oldest message that waits in a queue has been due");

    private static readonly Gauge<long> CallsUsed = Meter.CreateGauge<long>(
        "meeting_recordings.dingtalk.month.calls", "{call}", "Metered calls of the month, where a budget is set");

    private static readonly Gauge<long> CallsAllowed = Meter.CreateGauge<long>(
        "meeting_recordings.dingtalk.month.budget", "{call}", "The calls that may be made in a month, where a budget is set");

    private static readonly Histogram<double> EndToEnd = Meter.CreateHistogram<double>(
        "meeting_recordings.end_to_end", "s", "From the end of a meeting to its first manifest with recordings");

    private static readonly Counter<long> Slices = Meter.CreateCounter<long>(
        "meeting_recordings.archive.slices", "{slice}", "Slices of the archive's work by their outcome and what follows");

    private static readonly Counter<long> ArchivedBytes = Meter.CreateCounter<long>(
        "meeting_recordings.archive.bytes", "By", "Bytes of recordings that were fetched and stored");

    /// <summary>Where the app's spans come from.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Counts notifications.</summary>
    /// <param name="count">How many.</param>
    /// <param name="outcome">What became of them.</param>
    public static void Notified(int count, string outcome)
    {
        if (count > 0)
        {
            Notifications.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <summary>Notes that a look at a conference begins.</summary>
    /// <param name="age">How long its message has been due.</param>
    public static void LookBegins(TimeSpan age) => QueueAge.Record(Math.Max(0, age.TotalSeconds));

    /// <summary>Notes how many messages a queue holds.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="state"><c>active</c>, <c>scheduled</c> or <c>dead-lettered</c>.</param>
    /// <param name="messages">How many.</param>
    public static void QueueHolds(string queue, string state, long messages)
        => QueueMessages.Record(messages, new("queue", queue), new("state", state));

    /// <summary>Notes how long the oldest message of a queue has been due.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="oldest">How long; zero where none waits.</param>
    public static void QueueWaits(string queue, TimeSpan oldest)
        => QueueOldest.Record(Math.Max(0, oldest.TotalSeconds), new KeyValuePair<string, object?>("queue", queue));

    /// <summary>Notes how many of the month's calls are used.</summary>
    /// <param name="used">The month's calls.</param>
    /// <param name="budget">How many may be made.</param>
    public static void MonthHas(int used, int budget)
    {
        CallsUsed.Record(used);
        CallsAllowed.Record(budget);
    }

    /// <summary>Counts a look at a conference.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="action">What follows.</param>
    public static void Looked(LookOutcome outcome, RecoveryAction action) => Fetches.Add(
        1,
        new("outcome", outcome.Name),
        new("class", (outcome as LookOutcome.Failed)?.Error.Class.ToString() ?? "None"),
        new("action", action.Name));

    /// <summary>Counts a slice of the archive's work.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="action">What follows.</param>
    public static void Sliced(SliceOutcome outcome, RecoveryAction action)
        => Slices.Add(1, new("outcome", outcome.Name), new("action", action.Name));

    /// <summary>Notes the first manifest with a conference's recordings.</summary>
    /// <param name="sinceEnd">How long ago the meeting ended.</param>
    public static void FirstRecorded(TimeSpan sinceEnd) => EndToEnd.Record(Math.Max(0, sinceEnd.TotalSeconds));

    /// <summary>Counts bytes of a file that are in the store.</summary>
    internal static void Transferred(int bytes) => ArchivedBytes.Add(bytes);

    /// <summary>Counts an HTTP call to DingTalk.</summary>
    internal static void Called(DingTalkApi api, DingTalkError? error, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("api", api.ToString());
        Calls.Add(1, tag, new KeyValuePair<string, object?>("code", error is null ? "ok" : ErrorTable.KnownCode(error.Code)));
        CallDuration.Record(duration.TotalSeconds, tag);
    }
}
