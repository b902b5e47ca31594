namespace ServiceBusEmulator.Protocol;

/// <summary>What a link's address names.</summary>
/// <param name="Node">The kind of node.</param>
/// <param name="Queue">The queue, without sub-queue or management suffix; empty for the token node.</param>
/// <param name="IsDeadLetter">Whether the queue's dead-letter queue is meant.</param>
internal readonly record struct EntityAddress(EntityNode Node, string Queue, bool IsDeadLetter)
{
    private const string Token = "$cbs";
    private const string Management = "/$management";
    private const string DeadLetter = "/$deadletterqueue";

    /// <summary>Reads an address: <c>queue</c>, <c>/queue</c> or <c>amqp://host/queue</c>, with the usual suffixes in any case.</summary>
    public static EntityAddress Parse(string? address)
    {
        var path = address ?? "";
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var slash = path.IndexOf('/', scheme + 3);
            path = slash < 0 ? "" : path[slash..];
        }

        path = path.Trim('/');
        if (path.Equals(Token, StringComparison.OrdinalIgnoreCase))
        {
            return new EntityAddress(EntityNode.Token, "", IsDeadLetter: false);
        }

        var isManagement = TryCut(ref path, Management);
        var isDeadLetter = TryCut(ref path, DeadLetter);
        return new EntityAddress(isManagement ? EntityNode.Management : EntityNode.Queue, path, isDeadLetter);
    }

    private static bool TryCut(ref string path, string suffix)
    {
        if (!path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        path = path[..^suffix.Length];
        return true;
    }
}
