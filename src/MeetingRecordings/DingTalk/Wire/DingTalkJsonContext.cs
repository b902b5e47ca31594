using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.DingTalk.Wire;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AccessTokenBody))]
[JsonSerializable(typeof(AccessTokenRequest))]
[JsonSerializable(typeof(ConferenceInfoBody))]
[JsonSerializable(typeof(CorpTokenRequest))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(FailedPushesBody))]
[JsonSerializable(typeof(GetTextsBody))]
[JsonSerializable(typeof(GetVideosBody))]
[JsonSerializable(typeof(PlayInfoBody))]
[JsonSerializable(typeof(SpokenSentence))]
[JsonSerializable(typeof(UnifiedTokenBody))]
[JsonSerializable(typeof(UnifiedTokenRequest))]
internal sealed partial class DingTalkJsonContext : JsonSerializerContext;
