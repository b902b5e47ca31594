using System.Text.Json.Serialization;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>The control API's JSON. A misspelt field is an error: a fault that is silently not injected proves nothing.</summary>
/// <remarks>Requests have setters, for a generated reader passes every init-only property, and so wipes out its default.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CamelCaseEnumConverter<AnswerKind>), typeof(CamelCaseEnumConverter<ApiOperation>), typeof(CamelCaseEnumConverter<RecordStatus>)],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FaultsRequest))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(MeetingsAnswer))]
[JsonSerializable(typeof(MeetingsRequest))]
[JsonSerializable(typeof(MeetingView))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(PushResult))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
