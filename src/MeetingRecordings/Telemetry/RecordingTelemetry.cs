using System.Diagnostics;
using System.Diagnostics.Metrics;
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

    private static readonly Histogram<double> EndToEnd = Meter.CreateHistogram<double>(
        "meeting_recordings.end_to_end", "s", "From the end of a meeting to its first manifest with recordings");

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

    /// <summary>Counts a look at a conference.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="action">What follows.</param>
    public static void Looked(LookOutcome outcome, RecoveryAction action) => Fetches.Add(
        1,
        new("outcome", outcome.Name),
        new("class", (outcome as LookOutcome.Failed)?.Error.Class.ToString() ?? "None"),
        new("action", action.Name));

    /// <summary>Notes the first manifest with a conference's recordings.</summary>
    /// <param name="sinceEnd">How long ago the meeting ended.</param>
    public static void FirstRecorded(TimeSpan sinceEnd) => EndToEnd.Record(Math.Max(0, sinceEnd.TotalSeconds));

    /// <summary>Counts an HTTP call to DingTalk.</summary>
    internal static void Called(DingTalkApi api, DingTalkError? error, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("api", api.ToString());
        Calls.Add(1, tag, new KeyValuePair<string, object?>("code", error is null ? "ok" : ErrorTable.KnownCode(error.Code)));
        CallDuration.Record(duration.TotalSeconds, tag);
    }
}
