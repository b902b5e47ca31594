namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function. The host supplies the implementation.</summary>
public abstract class FunctionContext
{
    /// <summary>The invocation's id.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The function's id; stable across invocations.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The trace that the invocation belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What came with the trigger.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The services of this invocation.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Whatever middleware and function want to share during the invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Canceled when the host gives the invocation up. A parameter of this type is bound to it.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
