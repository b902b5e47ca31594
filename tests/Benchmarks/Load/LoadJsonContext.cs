using System.Text.Json;
using System.Text.Json.Serialization;
using Benchmarks.Notifications;

namespace Benchmarks.Load;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LoadResult))]
[JsonSerializable(typeof(NotificationsResult))]
internal sealed partial class LoadJsonContext : JsonSerializerContext;
