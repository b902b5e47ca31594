using System.Globalization;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Reads application properties. Tools that resend a message are known to make all of them strings, or to widen numbers, so any form
/// that says the same is read.
/// </summary>
internal readonly struct PropertyReader(IReadOnlyDictionary<string, object> properties)
{
    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name) => properties.GetValueOrDefault(name) is string or IConvertible or Guid ? Invariant(name) : null;

    /// <summary>The words of a text with spaces between.</summary>
    public IReadOnlyList<string> Words(string name) => Text(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A whole number that is not negative; null where there is none.</summary>
    public int? Number(string name)
        => int.TryParse(Invariant(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a switch is on.</summary>
    public bool IsSet(string name) => bool.TryParse(Invariant(name), out var value) && value;

    /// <summary>A time, UTC; null where there is none.</summary>
    public DateTimeOffset? Time(string name)
        => PlausibleTimes.OrNull(properties.GetValueOrDefault(name) switch
        {
            DateTimeOffset time => time.ToUniversalTime(),
            DateTime time => new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero),
            var text => DateTimeOffset.TryParse(
                text as string, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null,
        });

    private string? Invariant(string name) => Convert.ToString(properties.GetValueOrDefault(name), CultureInfo.InvariantCulture);
}
