using System.Text.Json.Serialization;

namespace MeetingRecordings.Functions.Queues;

/// <summary>What lies in a queue, or among its dead letters.</summary>
/// <param name="Active">Messages that wait to be received, or are under way.</param>
/// <param name="Scheduled">Messages that are not due yet.</param>
/// <param name="OldestEnqueuedAt">Since when the oldest active message has been due, UTC; null where there is none.</param>
/// <param name="IsWhole">Whether every message was counted; else there are more.</param>
public sealed record QueueContent(
    int Active, int Scheduled, DateTimeOffset? OldestEnqueuedAt, [property: JsonPropertyName("complete")] bool IsWhole);
