using DingTalkSimulator.Meetings;

namespace DingTalkSimulator.Control;

/// <summary>When what becomes of a recording. What is left out stays as it is.</summary>
internal sealed record TimesRequest
{
    public long? RecordingEndsAfterMs { get; set; }

    public long? FirstVideoAfterMs { get; set; }

    public long? NextVideoAfterMs { get; set; }

    /// <summary>-1 for never.</summary>
    public long? MergedAfterMs { get; set; }

    public long? SummaryAfterMs { get; set; }

    public long? ListedAfterMs { get; set; }

    public long? PushedAfterMs { get; set; }

    public static TimesRequest Of(MeetingTimes times) => new()
    {
        RecordingEndsAfterMs = Milliseconds.Of(times.RecordingEndsAfter),
        FirstVideoAfterMs = Milliseconds.Of(times.FirstVideoAfter),
        NextVideoAfterMs = Milliseconds.Of(times.NextVideoAfter),
        MergedAfterMs = times.MergedAfter is { } merged ? Milliseconds.Of(merged) : -1,
        SummaryAfterMs = Milliseconds.Of(times.SummaryAfter),
        ListedAfterMs = Milliseconds.Of(times.ListedAfter),
        PushedAfterMs = Milliseconds.Of(times.PushedAfter),
    };

    public FieldFault? FindFault()
    {
        (string Field, long? Value)[] times =
        [
            ("recordingEndsAfterMs", RecordingEndsAfterMs), ("firstVideoAfterMs", FirstVideoAfterMs),
            ("nextVideoAfterMs", NextVideoAfterMs),
            ("summaryAfterMs", SummaryAfterMs), ("listedAfterMs", ListedAfterMs), ("pushedAfterMs", PushedAfterMs),
        ];
        return times.FirstOrDefault(static time => !Milliseconds.IsValid(time.Value)).Field is { } field ? Milliseconds.Fault(field)
            : MergedAfterMs == -1 || Milliseconds.IsValid(MergedAfterMs) ? null
            : new FieldFault("mergedAfterMs", $"a number from 0 to {Milliseconds.Max}, or -1 for never");
    }

    public MeetingTimes ApplyTo(MeetingTimes times) => new()
    {
        RecordingEndsAfter = ToTime(RecordingEndsAfterMs, times.RecordingEndsAfter),
        FirstVideoAfter = ToTime(FirstVideoAfterMs, times.FirstVideoAfter),
        NextVideoAfter = ToTime(NextVideoAfterMs, times.NextVideoAfter),
        MergedAfter = MergedAfterMs switch
        {
            null => times.MergedAfter,
            -1 => null,
            { } merged => Milliseconds.ToTime(merged),
        },
        SummaryAfter = ToTime(SummaryAfterMs, times.SummaryAfter),
        ListedAfter = ToTime(ListedAfterMs, times.ListedAfter),
        PushedAfter = ToTime(PushedAfterMs, times.PushedAfter),
    };

    private static TimeSpan ToTime(long? value, TimeSpan otherwise) => value is { } given ? Milliseconds.ToTime(given) : otherwise;
}
