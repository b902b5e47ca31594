namespace Benchmarks.Notifications;

/// <summary>How many notifications, and how.</summary>
/// <param name="Count">Those of each half of a part.</param>
/// <param name="Concurrency">Requests under way at once.</param>
/// <param name="Rate">Requests a second of the open loop.</param>
/// <param name="Seconds">How long the open loop goes on.</param>
internal sealed record NotificationsOptions(int Count, int Concurrency, int Rate, int Seconds);
