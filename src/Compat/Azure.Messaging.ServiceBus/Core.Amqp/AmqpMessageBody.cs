#nullable enable
using System.Diagnostics.CodeAnalysis;

namespace Azure.Core.Amqp;

/// <summary>The body of an AMQP message: data, a value or sequences.</summary>
public class AmqpMessageBody
{
    private readonly object? _content;

    /// <summary>Makes a data body.</summary>
    /// <param name="data">Its sections.</param>
    public AmqpMessageBody(IEnumerable<ReadOnlyMemory<byte>> data)
        : this(AmqpMessageBodyType.Data, data ?? throw new ArgumentNullException(nameof(data)))
    {
    }

    private AmqpMessageBody(AmqpMessageBodyType type, object? content)
    {
        BodyType = type;
        _content = content;
    }

    /// <summary>Which kind it is.</summary>
    public AmqpMessageBodyType BodyType { get; }

    /// <summary>Makes a data body.</summary>
    /// <param name="data">Its sections.</param>
    public static AmqpMessageBody FromData(IEnumerable<ReadOnlyMemory<byte>> data) => new(data);

    /// <summary>Makes a body of one value.</summary>
    /// <param name="value">The value.</param>
    public static AmqpMessageBody FromValue(object value) => new(AmqpMessageBodyType.Value, value);

    /// <summary>Makes a body of lists.</summary>
    /// <param name="sequence">The lists.</param>
    public static AmqpMessageBody FromSequence(IEnumerable<IList<object>> sequence)
        => new(AmqpMessageBodyType.Sequence, sequence ?? throw new ArgumentNullException(nameof(sequence)));

    /// <summary>The sections, if it is data.</summary>
    /// <param name="data">The sections.</param>
    public bool TryGetData([NotNullWhen(true)] out IEnumerable<ReadOnlyMemory<byte>>? data)
    {
        data = BodyType == AmqpMessageBodyType.Data ? (IEnumerable<ReadOnlyMemory<byte>>)_content! : null;
        return data is not null;
    }

    /// <summary>The value, if it is one.</summary>
    /// <param name="value">The value.</param>
    public bool TryGetValue([NotNullWhen(true)] out object? value)
    {
        value = BodyType == AmqpMessageBodyType.Value ? _content : null;
        return BodyType == AmqpMessageBodyType.Value;
    }

    /// <summary>The lists, if it is such.</summary>
    /// <param name="sequence">The lists.</param>
    public bool TryGetSequence([NotNullWhen(true)] out IEnumerable<IList<object>>? sequence)
    {
        sequence = BodyType == AmqpMessageBodyType.Sequence ? (IEnumerable<IList<object>>)_content! : null;
        return sequence is not null;
    }
}
