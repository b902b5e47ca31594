using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary>A node that answers requests.</summary>
internal interface IRequestNode
{
    /// <summary>Answers a request; what goes wrong is told in the reply.</summary>
    /// <returns>The reply; null where there shall be none.</returns>
    OutgoingMessage? Answer(Message request);
}
