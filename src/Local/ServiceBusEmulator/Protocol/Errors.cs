using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace ServiceBusEmulator.Protocol;

/// <summary>The errors that the emulator answers with, by the conditions that Microsoft's clients map to failure reasons.</summary>
internal static class Errors
{
    public const string LockLostCondition = "com.microsoft:message-lock-lost";
    public const string LockLostText =
        "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.";

    public static Error LockLost() => Of(LockLostCondition, LockLostText);

    public static Error NotFound(string address) => Of(ErrorCode.NotFound, $"The messaging entity '{address}' could not be found.");

    public static Error ServerBusy() => Of("com.microsoft:server-busy", "The emulator was told to be busy. Try again later.");

    public static Error SendsRefused(string queue) =>
        Of("com.microsoft:entity-disabled", $"The emulator was told to refuse sends to '{queue}' for a while.");

    public static Error QueueFull(string queue) =>
        Of(ErrorCode.ResourceLimitExceeded, $"The maximum entity size has been reached or exceeded for queue '{queue}'.");

    public static Error MessageTooLarge(int limitInBytes) =>
        Of(ErrorCode.MessageSizeExceeded, $"The message is larger than is currently allowed ({limitInBytes} bytes).");

    public static Error Idle(TimeSpan limit) =>
        Of(ErrorCode.DetachForced, $"The link is force detached: nothing went over it for {limit}.");

    public static Error NotImplemented(string what) => Of(ErrorCode.NotImplemented, $"The Service Bus emulator does not offer {what}.");

    public static Error NotAllowed(string why) => Of(ErrorCode.NotAllowed, why);

    public static Error Malformed(string why) => Of(ErrorCode.DecodeError, why);

    private static Error Of(string condition, string description) => new(new Symbol(condition)) { Description = description };
}
