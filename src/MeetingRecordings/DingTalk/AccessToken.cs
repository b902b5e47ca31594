namespace MeetingRecordings.DingTalk;

/// <summary>An access token. Its value is a secret: it is never printed.</summary>
/// <param name="Value">The value of the header <c>x-acs-dingtalk-access-token</c>.</param>
/// <param name="RefreshAt">From when on a newer one is wanted, UTC.</param>
/// <param name="ExpiresAt">From when on DingTalk refuses it, UTC.</param>
public sealed record AccessToken(string Value, DateTimeOffset RefreshAt, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc />
    public override string ToString() => $"an access token that expires at {ExpiresAt:O}";
}
