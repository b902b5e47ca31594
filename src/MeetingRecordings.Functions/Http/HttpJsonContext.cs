using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Operators;

namespace MeetingRecordings.Functions.Http;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConferenceArchive))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ErasureReport>))]
[JsonSerializable(typeof(ManifestPage))]
[JsonSerializable(typeof(NotificationsAnswer))]
[JsonSerializable(typeof(OverviewAnswer))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(FailedPage))]
[JsonSerializable(typeof(ReadinessReport))]
[JsonSerializable(typeof(ReplayRequest))]
internal sealed partial class HttpJsonContext : JsonSerializerContext;
