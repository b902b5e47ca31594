namespace MeetingRecordings.Functions.Health;

/// <summary>Tries something that the app needs.</summary>
/// <param name="Name">What it is: <c>queue</c>, <c>blob</c> or <c>token</c>.</param>
/// <param name="TryAsync">Tries it: null where it works, else why it does not, in words without secrets.</param>
internal sealed record ReadinessProbe(string Name, Func<CancellationToken, Task<string?>> TryAsync);
