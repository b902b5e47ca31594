namespace Azure.Core.Amqp;

/// <summary>What kind of body an AMQP message has.</summary>
public enum AmqpMessageBodyType
{
    /// <summary>Bytes, in one or more sections.</summary>
    Data = 0,

    /// <summary>One AMQP value.</summary>
    Value = 1,

    /// <summary>Lists of AMQP values.</summary>
    Sequence = 2,
}
