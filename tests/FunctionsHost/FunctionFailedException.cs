namespace FunctionsHost;

/// <summary>A function ended in an exception, or was cancelled.</summary>
public sealed class FunctionFailedException : Exception
{
    internal FunctionFailedException(string message)
        : base(message)
    {
    }
}
