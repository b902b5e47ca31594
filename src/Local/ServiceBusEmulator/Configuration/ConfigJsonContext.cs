using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceBusEmulator.Configuration;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(ConfigBody))]
internal sealed partial class ConfigJsonContext : JsonSerializerContext;
