namespace Benchmarks.ServiceBus;

/// <summary>What a run measures.</summary>
/// <param name="Messages">How many messages each part has, the queue emptied in between.</param>
/// <param name="ConnectionString">Another namespace or emulator; null starts this repository's.</param>
/// <param name="Queue">The queue, which must be empty.</param>
/// <param name="WithJavaScript">Whether Microsoft's JavaScript client is measured too.</param>
internal sealed record ServiceBusOptions(int Messages, string? ConnectionString, string Queue, bool WithJavaScript);
