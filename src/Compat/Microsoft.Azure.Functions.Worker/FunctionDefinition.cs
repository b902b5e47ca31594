namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The assembly that it is in.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>Its method, with namespace and class.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>Its id; stable across invocations.</summary>
    public abstract string Id { get; }

    /// <summary>Its name, unique in the app.</summary>
    public abstract string Name { get; }
}
