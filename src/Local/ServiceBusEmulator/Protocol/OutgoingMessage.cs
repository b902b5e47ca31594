using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>A message on its way to a client.</summary>
internal sealed class OutgoingMessage : Message
{
    /// <summary>The lock that the client gets with it; empty when it gets none.</summary>
    public Guid LockToken { get; init; }

    /// <summary>Whether it is sent settled whatever the link agreed on: nobody keeps track of replies.</summary>
    public bool IsReply { get; init; }
}
