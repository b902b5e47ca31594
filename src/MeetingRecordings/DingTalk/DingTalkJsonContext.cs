using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.DingTalk;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AccessTokenBody))]
[JsonSerializable(typeof(AccessTokenRequest))]
[JsonSerializable(typeof(ConferenceInfoBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(GetVideosBody))]
internal sealed partial class DingTalkJsonContext : JsonSerializerContext;
