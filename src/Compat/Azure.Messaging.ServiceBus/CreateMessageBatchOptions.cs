using System.ComponentModel;
using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus;

/// <summary>How large a <see cref="ServiceBusMessageBatch"/> may grow.</summary>
public class CreateMessageBatchOptions
{
    /// <summary>The smallest limit that can be asked for, in bytes.</summary>
    internal const long MinimumBatchSizeLimit = 24;

    private long? _maxSizeInBytes;

    /// <summary>The limit in bytes, at least 24. Default: null, the most that the link allows.</summary>
    public long? MaxSizeInBytes
    {
        get => _maxSizeInBytes;
        set
        {
            if (value.HasValue)
            {
                Check.InRange(value.Value, MinimumBatchSizeLimit, long.MaxValue, nameof(MaxSizeInBytes));
            }

            _maxSizeInBytes = value;
        }
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => base.Equals(obj);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string ToString() => base.ToString();

    internal CreateMessageBatchOptions Clone() => new() { _maxSizeInBytes = _maxSizeInBytes };
}
