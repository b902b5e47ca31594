namespace Benchmarks.Worker;

/// <summary>How much is measured.</summary>
/// <param name="Starts">How often the worker is started.</param>
/// <param name="Pushes">The pushes of each part of the run.</param>
/// <param name="Meetings">The conferences that are drained.</param>
internal sealed record WorkerOptions(int Starts, int Pushes, int Meetings);
