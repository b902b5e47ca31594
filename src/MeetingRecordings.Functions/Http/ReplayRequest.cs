using System.Text.Json.Serialization;
using MeetingRecordings.Functions.Poison;

namespace MeetingRecordings.Functions.Http;

/// <summary>The body of a replay. Unknown fields are refused: a misspelt one could widen what is replayed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReplayRequest
{
    public PoisonSource? Source { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public IReadOnlyList<long>? Ids { get; init; }

    public string? Reason { get; init; }

    public TimeSpan? OlderThan { get; init; }

    public bool? All { get; init; }

    public int? Max { get; init; }

    public bool? DryRun { get; init; }
}
