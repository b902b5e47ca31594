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

        WriteFlag(QueueProperties.RecordingConfirmed, lineage.RecordingConfirmed);
        WriteFlag(QueueProperties.RecordingAnnounced, lineage.RecordingAnnounced);
        WriteFlag(QueueProperties.InfoAsked, lineage.InfoAsked);
        WriteFlag(QueueProperties.TookOver, lineage.TookOver);
        WriteIds(QueueProperties.KnownUnionIds, lineage.KnownUnionIds);
        WriteIds(QueueProperties.RefusedUnionIds, lineage.RefusedUnionIds);

        if (Activity.Current?.Id is { } traceParent)
        {
            properties[QueueProperties.TraceParent] = traceParent;
        }

        void WriteIds(string name, IReadOnlyList<string> ids)
        {
            if (ids.Count > 0)
            {
                properties[name] = string.Join(' ', ids);
            }
        }

        void WriteFlag(string name, bool value)
        {
            if (value)
            {
                properties[name] = true;
            }
        }
    }

    /// <summary>Reads a lineage. A message that somebody put on the queue by hand carries none: it begins one.</summary>
    public static Lineage Read(IReadOnlyDictionary<string, object> properties, string root, DateTimeOffset enqueuedAt)
    {
        var reader = new PropertyReader(properties);
        return new(reader.Text(QueueProperties.Root) ?? root, reader.Time(QueueProperties.FirstEnqueuedAt) ?? enqueuedAt)
        {
            Step = reader.Number(QueueProperties.Step) ?? 0,
            Checks = reader.Number(QueueProperties.Checks) ?? 0,
            Faults = reader.Number(QueueProperties.Faults) ?? 0,
            Throttles = reader.Number(QueueProperties.Throttles) ?? 0,
            FirstFailureAt = reader.Time(QueueProperties.FirstFailureAt),
            RecordingConfirmed = reader.IsSet(QueueProperties.RecordingConfirmed),
            RecordingAnnounced = reader.IsSet(QueueProperties.RecordingAnnounced),
            InfoAsked = reader.IsSet(QueueProperties.InfoAsked),
            TookOver = reader.IsSet(QueueProperties.TookOver),
            KnownUnionIds = reader.Words(QueueProperties.KnownUnionIds),
            RefusedUnionIds = reader.Words(QueueProperties.RefusedUnionIds),
            EndedAtSource = reader.Text(QueueProperties.EndedAtSource) == EventSource ? EndedAtSource.Event : EndedAtSource.Fallback,
        };
    }

    public static string ToText(DateTimeOffset timestamp) => timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
