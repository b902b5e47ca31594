using System.Text.Json.Serialization;

namespace LocalHost.Settings;

[JsonSerializable(typeof(StateFolder.Running))]
internal sealed partial class StateFolderJsonContext : JsonSerializerContext;
