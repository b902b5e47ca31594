using System.Globalization;

namespace LocalHost.Commands;

/// <summary>A number of things in words.</summary>
internal static class Counted
{
    /// <summary><c>1 message</c>, <c>2 messages</c>.</summary>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
