namespace ServiceBusEmulator.Protocol;

/// <summary>The kinds of node that a link can attach to.</summary>
internal enum EntityNode
{
    /// <summary>A queue or its dead-letter queue: messages.</summary>
    Queue,

    /// <summary>The management node of a queue: requests and replies.</summary>
    Management,

    /// <summary><c>$cbs</c>, which takes tokens: requests and replies.</summary>
    Token,
}
