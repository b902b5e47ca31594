namespace ServiceBusEmulator;

/// <summary>One side of an exchange between a client and a queue.</summary>
/// <param name="Queue">The queue's path; a dead-letter queue's ends with <c>/$DeadLetterQueue</c>.</param>
/// <param name="Operation">What they do.</param>
/// <param name="Side">At which moment.</param>
/// <param name="MessageIds">The ids of the messages that a client sends; empty for other operations.</param>
public sealed record QueueExchange(string Queue, QueueOperation Operation, ExchangeSide Side, IReadOnlyList<string> MessageIds);
