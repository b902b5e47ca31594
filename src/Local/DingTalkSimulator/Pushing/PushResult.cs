namespace DingTalkSimulator.Pushing;

/// <summary>What came of a push.</summary>
/// <param name="Delivered">Whether an answer was DingTalk's idea of a delivery. If not, the event is on the failed list, or lost.</param>
/// <param name="Attempts">The number of tries.</param>
/// <param name="StatusCode">The HTTP status of the last answer; null where none came.</param>
/// <param name="Detail">Why the last try does not count as a delivery; null where it does.</param>
public sealed record PushResult(bool Delivered, int Attempts, int? StatusCode, string? Detail)
{
    internal static readonly PushResult OfLost = new(false, 0, null, "DingTalk has lost the event.") { Lost = true };

    /// <summary>Whether DingTalk lost the event: it is neither pushed nor listed.</summary>
    public bool Lost { get; init; }
}
