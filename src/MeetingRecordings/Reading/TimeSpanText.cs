using System.Globalization;
using System.Text.RegularExpressions;

namespace MeetingRecordings.Reading;

/// <summary>
/// Reads time spans in the one way in which nobody is surprised: <c>hh:mm:ss</c> (so that <c>24:00:00</c> is a day),
/// <c>d.hh:mm:ss</c>, or an ISO 8601 duration such as <c>PT24H</c>. .NET's own reader takes <c>24:00:00</c> for 24 days and
/// <c>10</c> for ten days.
/// </summary>
public static partial class TimeSpanText
{
    /// <summary>What is expected, in words.</summary>
    public const string Expected = "a time span such as 00:10:00, 24:00:00, 1.00:00:00 or PT24H, not negative and below 10,000 days";

    private const int MaxLength = 64;
    private static readonly TimeSpan Limit = TimeSpan.FromDays(10_000);

    /// <summary>Reads a time span.</summary>
    /// <returns>False where the text is none, is negative, or reaches 10,000 days.</returns>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = default;
        if (text is null or { Length: > MaxLength })
        {
            return false;
        }

        var match = Clock().Match(text);
        match = match.Success ? match : Iso().Match(text);
        if (!match.Success)
        {
            return false;
        }

        // No part has more digits than keep the sum far from overflowing.
        value = TimeSpan.FromDays(7) * NumberOf(match, "weeks")
            + TimeSpan.FromDays(1) * NumberOf(match, "days")
            + TimeSpan.FromHours(1) * NumberOf(match, "hours")
            + TimeSpan.FromMinutes(1) * NumberOf(match, "minutes")
            + TimeSpan.FromSeconds(1) * NumberOf(match, "seconds");
        return value < Limit;
    }

    [GeneratedRegex(
        @"^(((?<days>[0-9]{1,5})\.(?<hours>[01]?[0-9]|2[0-3]))|(?<hours>[0-9]{1,6})):(?<minutes>[0-5]?[0-9]):(?<seconds>[0-5]?[0-9](\.[0-9]{1,7})?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(
        """
        ^P(?=.)((?<weeks>[0-9]{1,4})W)?((?<days>[0-9]{1,5})D)?
        (T(?=.)((?<hours>[0-9]{1,6})H)?((?<minutes>[0-9]{1,8})M)?((?<seconds>[0-9]{1,9}([.,][0-9]{1,7})?)S)?)?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    private static double NumberOf(Match match, string group)
        => match.Groups[group] is { Success: true, Value: var digits }
            ? double.Parse(digits.Replace(',', '.'), CultureInfo.InvariantCulture)
            : 0;
}
