using System.Diagnostics;
using System.Globalization;
using MeetingRecordings.Conferences;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Carries a <see cref="Lineage"/> in a message's application properties.</summary>
internal static class LineageProperties
{
    private const string EventSource = "event";
    private const string FallbackSource = "fallback";

    public static void Write(Lineage lineage, IDictionary<string, object> properties)
    {
        properties[QueueProperties.Root] = lineage.Root;
        properties[QueueProperties.Step] = lineage.Step;
        properties[QueueProperties.Checks] = lineage.Checks;
        properties[QueueProperties.Faults] = lineage.Faults;
        properties[QueueProperties.Throttles] = lineage.Throttles;
        properties[QueueProperties.FirstEnqueuedAt] = ToText(lineage.FirstEnqueuedAt);
        properties[QueueProperties.EndedAtSource] = lineage.EndedAtSource == EndedAtSource.Event ? EventSource : FallbackSource;
        if (lineage.FirstFailureAt is { } firstFailureAt)
        {
            properties[QueueProperties.FirstFailureAt] = ToText(firstFailureAt);
        }

        if (lineage.RecordingConfirmed)
        {
            properties[QueueProperties.RecordingConfirmed] = true;
        }

        if (lineage.RecordingAnnounced)
        {
            properties[QueueProperties.RecordingAnnounced] = true;
        }

        if (lineage.InfoAsked)
        {
            properties[QueueProperties.InfoAsked] = true;
        }

        if (lineage.RefusedUnionIds.Count > 0)
        {
            properties[QueueProperties.RefusedUnionIds] = string.Join(' ', lineage.RefusedUnionIds);
        }

        if (Activity.Current?.Id is { } traceParent)
        {
            properties[QueueProperties.TraceParent] = traceParent;
        }
    }

    /// <summary>Reads a lineage. A message that somebody put on the queue by hand carries none: it begins one.</summary>
    public static Lineage Read(IReadOnlyDictionary<string, object> properties, string root, DateTimeOffset enqueuedAt)
        => new(TextOf(properties, QueueProperties.Root) ?? root, TimestampOf(properties, QueueProperties.FirstEnqueuedAt) ?? enqueuedAt)
        {
            Step = NumberOf(properties, QueueProperties.Step),
            Checks = NumberOf(properties, QueueProperties.Checks),
            Faults = NumberOf(properties, QueueProperties.Faults),
            Throttles = NumberOf(properties, QueueProperties.Throttles),
            FirstFailureAt = TimestampOf(properties, QueueProperties.FirstFailureAt),
            RecordingConfirmed = IsSet(properties, QueueProperties.RecordingConfirmed),
            RecordingAnnounced = IsSet(properties, QueueProperties.RecordingAnnounced),
            InfoAsked = IsSet(properties, QueueProperties.InfoAsked),
            RefusedUnionIds = TextOf(properties, QueueProperties.RefusedUnionIds)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            EndedAtSource = TextOf(properties, QueueProperties.EndedAtSource) == EventSource ? EndedAtSource.Event : EndedAtSource.Fallback,
        };

    public static string ToText(DateTimeOffset timestamp) => timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? TextOf(IReadOnlyDictionary<string, object> properties, string name)
        => properties.TryGetValue(name, out var value) ? value as string : null;

    private static bool IsSet(IReadOnlyDictionary<string, object> properties, string name)
        => properties.TryGetValue(name, out var value) && value is true;

    private static int NumberOf(IReadOnlyDictionary<string, object> properties, string name)
        => properties.TryGetValue(name, out var value) && value is int and >= 0 ? (int)value : 0;

    private static DateTimeOffset? TimestampOf(IReadOnlyDictionary<string, object> properties, string name)
        => DateTimeOffset.TryParse(TextOf(properties, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null;
}
