using Microsoft.Extensions.Logging;

namespace FunctionsHost;

/// <summary>A line of the host's log.</summary>
/// <param name="Category">Who wrote it: a category of the worker's, or one of those named here.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Message">The line.</param>
public sealed record LogLine(string Category, LogLevel Level, string Message)
{
    /// <summary>The category of what the worker wrote on its standard output and error.</summary>
    public const string Console = "Host.Function.Console";

    /// <summary>The category of what the host has to say of its triggers.</summary>
    public const string Trigger = "Host.Trigger";

    /// <summary>The event's id; empty where it has none.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The exception in words; empty where there was none.</summary>
    public string Exception { get; init; } = "";

    /// <summary>The invocation that wrote it; empty outside of one.</summary>
    public string InvocationId { get; init; } = "";
}
