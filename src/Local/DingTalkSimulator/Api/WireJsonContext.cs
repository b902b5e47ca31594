using System.Text.Json;
using System.Text.Json.Serialization;

namespace DingTalkSimulator.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TokenRequest))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
