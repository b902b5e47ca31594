using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalHost.Hosting;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TriggerMetadata))]
internal sealed partial class TriggerMetadataJsonContext : JsonSerializerContext;
