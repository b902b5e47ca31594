namespace Microsoft.Azure.Functions.Worker;

/// <summary>What came with the trigger of an invocation.</summary>
public abstract class BindingContext
{
    /// <summary>The trigger's data, by name.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
