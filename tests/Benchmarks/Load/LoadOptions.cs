namespace Benchmarks.Load;

/// <summary>How much load.</summary>
/// <param name="Meetings">The conferences of each part of the run.</param>
/// <param name="Concurrency">Pushes at once.</param>
internal sealed record LoadOptions(int Meetings, int Concurrency);
