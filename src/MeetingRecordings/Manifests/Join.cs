namespace MeetingRecordings.Manifests;

/// <summary>
/// Choices between two values of a field that do not depend on which came first or how often, so that deliveries in any
/// order end in the same manifest.
/// </summary>
internal static class Join
{
    /// <summary>The one that is known, else the ordinally greater.</summary>
    public static string? Greater(string? a, string? b) => string.CompareOrdinal(a, b) >= 0 ? a : b;

    /// <summary>The one that is known, else the greater.</summary>
    public static T? Greater<T>(T? a, T? b)
        where T : struct, IComparable<T>
        => Nullable.Compare(a, b) >= 0 ? a : b;

    /// <summary>The one that is known, else the earlier.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a <= b ? a : b;
}
