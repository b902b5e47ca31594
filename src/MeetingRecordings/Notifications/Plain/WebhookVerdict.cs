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
    /// <param name="Problem">The header at fault.</param>
    public sealed record Malformed(FieldProblem Problem) : WebhookVerdict;

    /// <summary>Signed with no secret that is known here.</summary>
    public sealed record Refused : WebhookVerdict;

    /// <summary>Signed well, but too long ago, or this machine's clock is wrong.</summary>
    public sealed record Stale : WebhookVerdict;
}
