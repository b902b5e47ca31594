using Amqp;

namespace ServiceBusEmulator.Protocol;

/// <summary><c>$cbs</c>: takes every token, as Microsoft's emulator does.</summary>
internal sealed class TokenNode : IRequestNode
{
    private const string PutToken = "put-token";

    public OutgoingMessage Answer(Message request) => Replies.OperationOf(request) == PutToken
        ? Replies.Of(202, "Accepted")
        : Replies.Of(400, "Only put-token is known here.");
}
