using System.ComponentModel;

namespace Azure.Messaging.ServiceBus;

/// <summary>What a <see cref="ServiceBusSender"/> is made with.</summary>
public class ServiceBusSenderOptions
{
    /// <summary>A name for the sender in logs. Default: null, which makes one.</summary>
    public string Identifier { get; set; }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => base.Equals(obj);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string ToString() => base.ToString();
}
