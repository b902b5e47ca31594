using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Tests;

/// <summary>Keeps what is logged, at every level.</summary>
public sealed class ListLogger<T> : ILogger<T>
{
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = [];

    /// <summary>Each with its level and its exception.</summary>
    public IReadOnlyList<string> Lines => [.. Entries.Select(static entry => $"{entry.Level}: {entry.Text} {entry.Exception}".TrimEnd())];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => Entries.Enqueue((logLevel, formatter(state, exception), exception));
}
