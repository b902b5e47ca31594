using Microsoft.Extensions.Logging;

namespace FunctionsHost;

/// <summary>What the host was told and what it has to say itself. It outlives the workers.</summary>
public sealed class HostLog
{
    private readonly Lock _gate = new();
    private readonly List<LogLine> _lines = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Waits for a line.</summary>
    /// <param name="isWanted">Whether it is that line.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<LogLine> LineAsync(Func<LogLine, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_lines.Find(line => isWanted(line)) is { } found)
                {
                    return found;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    internal void AddTriggerError(string message, Exception? exception = null)
        => Add(new LogLine(LogLine.Trigger, LogLevel.Error, message) { Exception = exception?.ToString() ?? "" });

    internal void Add(LogLine line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
