using System.Globalization;
using System.Text.RegularExpressions;

namespace MeetingRecordings.Reading;

/// <summary>Reads instants as RFC 3339 and ISO 8601 write them: a date, a time and the offset from UTC.</summary>
public static partial class InstantText
{
    /// <summary>What is expected, in words.</summary>
    public const string Expected = "an ISO 8601 timestamp with its offset, for instance 2026-11-23T08:00:00Z";

    private const int MaxLength = 128;
    private const int LeapSecond = 60;

    /// <summary>Reads an instant.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">
    /// The instant, UTC, its fraction cut to 100 ns. Null where the text is how a system writes that there is no time: the year 1,
    /// the epoch, the year 9999 and whatever else <see cref="PlausibleTimes"/> leaves out; such a text needs no offset.
    /// </param>
    /// <returns>False where the text is neither.</returns>
    public static bool TryParse(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null or { Length: > MaxLength } || Grammar().Match(text) is not { Success: true } match)
        {
            return false;
        }

        if (!PlausibleTimes.Contains(NumberOf(match, "year")))
        {
            return true;
        }

        // Without an offset the machine's own would count, and two machines could disagree.
        if (!match.Groups["offset"].Success || DateOf(match) is not { } date || TimeOf(match) is not { } time || OffsetOf(match) is not { } offset)
        {
            return false;
        }

        instant = PlausibleTimes.OrNull(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + time - offset);
        return true;
    }

    // A date alone, or one without an offset, is only good for saying that there is no time.
    [GeneratedRegex(
        """
        ^(?<year>[0-9]{4})
        (-(?<month>[0-9]{2})-(?<day>[0-9]{2})|(?<month>[0-9]{2})(?<day>[0-9]{2})|-?W(?<week>[0-9]{2})-?(?<weekday>[1-7])|-?(?<ordinal>[0-9]{3}))
        ([Tt\ ](?<hour>[0-9]{2})(:?(?<minute>[0-9]{2})(:?(?<second>[0-9]{2}))?)?([.,](?<fraction>[0-9]+))?
        (?<offset>[Zz]|(?<sign>[-+])(?<offsetHours>[0-9]{2})(:?(?<offsetMinutes>[0-9]{2}))?)?
        (\[[!-Z^-~]+\])*)?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    private static DateOnly? DateOf(Match match)
    {
        var year = NumberOf(match, "year");
        if (match.Groups["ordinal"].Success)
        {
            var day = NumberOf(match, "ordinal");
            return day >= 1 && day <= (DateTime.IsLeapYear(year) ? 366 : 365) ? new DateOnly(year, 1, 1).AddDays(day - 1) : null;
        }

        if (match.Groups["week"].Success)
        {
            var week = NumberOf(match, "week");
            return week >= 1 && week <= ISOWeek.GetWeeksInYear(year)
                ? DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, (DayOfWeek)(NumberOf(match, "weekday") % 7)))
                : null;
        }

        var (month, dayOfMonth) = (NumberOf(match, "month"), NumberOf(match, "day"));
        return month is >= 1 and <= 12 && dayOfMonth >= 1 && dayOfMonth <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, dayOfMonth)
            : null;
    }

    // 24:00 is the end of a day, and 23:59:60 a leap second.
    private static TimeSpan? TimeOf(Match match)
    {
        var (hour, minute, second) = (NumberOf(match, "hour"), NumberOf(match, "minute"), NumberOf(match, "second"));
        var unit = match.Groups["second"].Success ? TimeSpan.TicksPerSecond
            : match.Groups["minute"].Success ? TimeSpan.TicksPerMinute
            : TimeSpan.TicksPerHour;
        var time = new TimeSpan(hour, minute, second) + new TimeSpan((long)(FractionOf(match) * unit));
        var isTime = hour <= 23 && minute <= 59 && (second < LeapSecond || (second == LeapSecond && minute == 59));
        return isTime || time == TimeSpan.FromDays(1) ? time : null;
    }

    private static TimeSpan? OffsetOf(Match match)
    {
        var (hours, minutes) = (NumberOf(match, "offsetHours"), NumberOf(match, "offsetMinutes"));
        var offset = new TimeSpan(hours, minutes, 0);
        return hours > 23 || minutes > 59 ? null : match.Groups["sign"].Value == "-" ? -offset : offset;
    }

    // More digits than a decimal keeps are below what a tick can show.
    private static decimal FractionOf(Match match)
        => match.Groups["fraction"] is { Success: true, Value: var digits }
            ? decimal.Parse($"0.{digits[..Math.Min(digits.Length, 20)]}", CultureInfo.InvariantCulture)
            : 0;

    private static int NumberOf(Match match, string group)
        => match.Groups[group] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
}
