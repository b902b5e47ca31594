namespace DingTalkSimulator.Control;

/// <summary>Times as the control API gives them: whole milliseconds.</summary>
internal static class Milliseconds
{
    /// <summary>The longest that is taken: a year.</summary>
    public const long Max = 366L * 24 * 3600 * 1000;

    /// <summary>Whether a time can be taken.</summary>
    public static bool IsValid(long? value) => value is null or (>= 0 and <= Max);

    public static TimeSpan ToTime(long value) => TimeSpan.FromMilliseconds(value);

    public static long Of(TimeSpan time) => (long)time.TotalMilliseconds;

    public static FieldFault Fault(string field) => new(field, $"a number from 0 to {Max}");
}
