namespace MeetingRecordings.Notifications.Plain;

/// <summary>What the signature of a plain notification turned out to be.</summary>
public abstract record WebhookVerdict
{
    private WebhookVerdict()
    {
    }

    /// <summary>No signature is asked for.</summary>
    public sealed record NotAsked : WebhookVerdict;

    /// <summary>From a sender that has a secret.</summary>
    /// <param name="Id">The sender's id of the message, the same when it is sent again.</param>
    public sealed record Verified(string Id) : WebhookVerdict;

    /// <summary>Not of the form of a signed request.</summary>
    /// <param name="Header">The header at fault.</param>
    /// <param name="Expected">What was expected there.</param>
    public sealed record Malformed(string Header, string Expected) : WebhookVerdict;

    /// <summary>Signed with no secret that is known here.</summary>
    public sealed record Refused : WebhookVerdict;

    /// <summary>Signed well, but too long ago, or this machine's clock is wrong.</summary>
    public sealed record Stale : WebhookVerdict;
}
