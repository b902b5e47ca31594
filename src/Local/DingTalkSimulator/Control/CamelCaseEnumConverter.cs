using System.Text.Json;
using System.Text.Json.Serialization;

namespace DingTalkSimulator.Control;

/// <summary>Enums by their names in camel case.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
