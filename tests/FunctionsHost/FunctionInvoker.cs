using System.Diagnostics;
using FunctionsHost.Rpc;

namespace FunctionsHost;

/// <summary>Runs functions on whatever worker there is. While there is none, what is triggered waits for the next.</summary>
internal sealed class FunctionInvoker
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Worker> _worker = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Use(Worker worker)
    {
        lock (_gate)
        {
            _worker.TrySetResult(worker);
        }
    }

    /// <summary>Runs a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="input">The value of its trigger parameter.</param>
    /// <param name="cancellationToken">Cancels the invocation, which is the function's to heed.</param>
    /// <param name="alongside">Is begun with the invocation, whose id it is given, and awaited with it. Default: nothing.</param>
    /// <inheritdoc cref="Worker.InvokeAsync" path="/exception" />
    public async Task InvokeAsync(
        HostedFunction function,
        TypedData input,
        CancellationToken cancellationToken,
        Func<Worker, string, Task>? alongside = null)
    {
        using var activity = new Activity(function.Name).Start();
        var worker = await _worker.Task.WaitAsync(cancellationToken);
        var invocationId = Guid.NewGuid().ToString();
        var begun = alongside?.Invoke(worker, invocationId) ?? Task.CompletedTask;
        try
        {
            await worker.InvokeAsync(function, invocationId, input, cancellationToken);
        }
        catch (WorkerEndedException)
        {
            Drop(worker);
            throw;
        }
        finally
        {
            await begun;
        }
    }

    private void Drop(Worker worker)
    {
        lock (_gate)
        {
            if (_worker.Task.IsCompleted && _worker.Task.Result == worker)
            {
                _worker = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
