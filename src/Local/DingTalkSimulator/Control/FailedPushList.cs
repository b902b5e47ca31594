using System.Text.Json;

namespace DingTalkSimulator.Control;

/// <summary>The failed list, as it would be read next.</summary>
internal sealed record FailedPushList(IReadOnlyList<JsonElement> Items);
