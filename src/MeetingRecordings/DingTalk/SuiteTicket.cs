namespace MeetingRecordings.DingTalk;

/// <summary>The ticket that DingTalk pushes to a third-party app about every five hours. Its value is a secret: it is never printed.</summary>
/// <param name="Value">The value of <c>suiteTicket</c>.</param>
/// <param name="ReceivedAt">When DingTalk pushed it, UTC; the newest counts.</param>
public sealed record SuiteTicket(string Value, DateTimeOffset ReceivedAt)
{
    /// <inheritdoc />
    public override string ToString() => $"a suite ticket of {ReceivedAt:O}";
}
