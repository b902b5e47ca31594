using System.Text.Json.Serialization;
using DingTalkSimulator.Api;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Control;

/// <summary>The control API's JSON. A misspelt field is an error: a fault that is silently not injected proves nothing.</summary>
/// <remarks>Requests have setters, for a generated reader passes every init-only property, and so wipes out its default.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(CamelCaseEnumConverter<AnswerKind>),
        typeof(CamelCaseEnumConverter<ApiOperation>),
        typeof(CamelCaseEnumConverter<FailedPushShape>),
        typeof(CamelCaseEnumConverter<LossReason>),
        typeof(CamelCaseEnumConverter<NothingFound>),
        typeof(CamelCaseEnumConverter<PushedEvent>),
        typeof(CamelCaseEnumConverter<PushForm>),
        typeof(CamelCaseEnumConverter<RecordStatus>),
        typeof(CamelCaseEnumConverter<RequestIdPlace>),
        typeof(CamelCaseEnumConverter<SizeField>),
        typeof(CamelCaseEnumConverter<SyncRowForm>),
        typeof(CamelCaseEnumConverter<TaskIdForm>),
        typeof(CamelCaseEnumConverter<TokenPlace>),
        typeof(CamelCaseEnumConverter<WhoSees>),
    ],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FailedPushList))]
[JsonSerializable(typeof(FailedPushRequest))]
[JsonSerializable(typeof(FaultsRequest))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(MeetingList))]
[JsonSerializable(typeof(MeetingPatch))]
[JsonSerializable(typeof(MeetingsAnswer))]
[JsonSerializable(typeof(MeetingsRequest))]
[JsonSerializable(typeof(MeetingView))]
[JsonSerializable(typeof(MeterView))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(PushResult))]
[JsonSerializable(typeof(TallyList))]
[JsonSerializable(typeof(TicketAnswer))]
[JsonSerializable(typeof(TraitsRequest))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
