namespace MeetingRecordings.DingTalk;

/// <summary>Codes of our own, for failures in which DingTalk gave none.</summary>
public static class TransportCodes
{
    internal const string OwnPrefix = "client.";

    /// <summary>No whole answer within the time allowed.</summary>
    public const string Timeout = "client.timeout";

    /// <summary>The connection could not be made, or broke.</summary>
    public const string ConnectionFailure = "client.connectionFailure";

    /// <summary>The body is no JSON object of the expected shape: HTML of a gateway, a truncated answer.</summary>
    public const string UnreadableBody = "client.unreadableBody";

    /// <summary>The body is larger than <see cref="DingTalkHttp.MaxBodyBytes"/>.</summary>
    public const string BodyTooLarge = "client.bodyTooLarge";

    /// <summary>An error status with a JSON body that names no code.</summary>
    public const string NoCode = "client.noCode";

    /// <summary>DingTalk banned our IP address for a while (a body with status 1111).</summary>
    public const string IpBan = "client.ipBan";

    /// <summary>What stands before the blob store's own code where the manifest could not be stored.</summary>
    public const string ManifestStorePrefix = "manifestStore.";

    /// <summary>No user is known in whose name to ask.</summary>
    public const string NoUnionId = "client.noUnionId";

    /// <summary>No organisation is known in which to call.</summary>
    public const string NoCorpId = "client.noCorpId";

    /// <summary>DingTalk has not pushed a suite ticket yet, or it cannot be read.</summary>
    public const string NoSuiteTicket = "client.noSuiteTicket";

    /// <summary>We have too many calls of our own waiting for their turn; DingTalk was not asked.</summary>
    public const string Paced = "client.paced";
}
