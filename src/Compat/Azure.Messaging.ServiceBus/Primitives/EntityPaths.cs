namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>The paths of a queue's parts.</summary>
internal static class EntityPaths
{
    public static string Of(string queue, SubQueue subQueue) => subQueue switch
    {
        SubQueue.DeadLetter => $"{queue}/$DeadLetterQueue",
        SubQueue.TransferDeadLetter => $"{queue}/$Transfer/$DeadLetterQueue",
        _ => queue,
    };

    public static string ManagementOf(string entityPath) => $"{entityPath}/$management";
}
