namespace Benchmarks.Load;

/// <summary>The things that the product does to the outside, one conference after the other.</summary>
internal enum RawCall
{
    /// <summary>Sends the message of a push.</summary>
    Send,

    /// <summary>Sends such a message together with those that wait at the same time, as the product does.</summary>
    Group,

    /// <summary>Receives such a message and completes it.</summary>
    Receive,

    /// <summary>Writes a manifest.</summary>
    Put,

    /// <summary>Asks for a conference's videos.</summary>
    Get,
}
