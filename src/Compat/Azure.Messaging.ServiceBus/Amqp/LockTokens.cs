namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Lock tokens travel as delivery tags: the 16 bytes of a GUID, in .NET's order.</summary>
internal static class LockTokens
{
    private const int Size = 16;

    /// <summary>The lock token that a tag is; null where it is none.</summary>
    public static Guid? Of(byte[] deliveryTag) => deliveryTag is { Length: Size } ? new Guid(deliveryTag) : null;
}
