using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Functions.Http;

/// <summary>The body of a replay. Unknown fields are refused: a misspelt one could widen what is replayed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReplayRequest
{
    private const string Grammar =
        "an object with one of ids (sequence numbers), reason (a string), olderThan (a time span, for instance 01:00:00) and all (true), "
        + "and perhaps source (poison, deadletter or recordings), max (a number) and dryRun (true or false)";

    public FailedQueue? Source { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public IReadOnlyList<long>? Ids { get; init; }

    public string? Reason { get; init; }

    [JsonConverter(typeof(TimeSpanTextConverter))]
    public TimeSpan? OlderThan { get; init; }

    public bool? All { get; init; }

    public int? Max { get; init; }

    public bool? DryRun { get; init; }

    /// <summary>The one selection that the request makes; null where it makes none, or several.</summary>
    [JsonIgnore]
    public FailedSelection? Selection => this switch
    {
        { Ids: { Count: > 0 and <= MessagePicker.MaxIds } ids, Reason: null, OlderThan: null, All: null }
            => new FailedSelection.ByIds(ids.ToHashSet()),
        { Ids: null, Reason: { Length: > 0 } reason, OlderThan: null, All: null } => new FailedSelection.ByReason(reason),
        { Ids: null, Reason: null, OlderThan: { } age, All: null } when age >= TimeSpan.Zero => new FailedSelection.ByAge(age),
        { Ids: null, Reason: null, OlderThan: null, All: true } => new FailedSelection.All(),
        _ => null,
    };

    /// <summary>Reads a request.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    public static Parsed<ReplayRequest> Parse(ReadOnlySpan<byte> body)
    {
        ReplayRequest? replay;
        try
        {
            replay = JsonSerializer.Deserialize(ByteOrderMark.Skip(body), HttpJsonContext.Default.ReplayRequest);
        }
        catch (JsonException e)
        {
            return new FieldProblem(e.Path?.TrimStart('$', '.') is { Length: > 0 } field ? field : "$", Grammar);
        }

        return replay switch
        {
            null => new FieldProblem("$", Grammar),
            { Source: { } source } when !Enum.IsDefined(source) => new FieldProblem("source", "poison, deadletter or recordings"),
            { Max: < 1 or > FailedReplay.MaxMessages } => new FieldProblem("max", $"1 to {FailedReplay.MaxMessages}"),
            { Selection: null } => new FieldProblem(
                "ids, reason, olderThan, all", $"exactly one of them: 1 to {MessagePicker.MaxIds} ids, a reason, a time span, or true"),
            _ => replay,
        };
    }
}
