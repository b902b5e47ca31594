namespace Support.Crashes;

/// <summary>Kills a process once, at a passing of a step.</summary>
/// <param name="step">Where.</param>
/// <param name="passing">At which passing, counted from 1.</param>
/// <param name="kill">Kills the process, and ends once it is gone.</param>
internal sealed class Trap(CrashStep step, int passing, Func<Task> kill)
{
    private readonly TaskCompletionSource _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passings;

    /// <summary>Ends once the process has been killed.</summary>
    public Task Sprung => _sprung.Task;

    /// <summary>A step is passed.</summary>
    /// <returns>False where the process was killed at it.</returns>
    public async Task<bool> PassAsync(CrashStep passed)
    {
        if (passed != step || Interlocked.Increment(ref _passings) != passing)
        {
            return true;
        }

        try
        {
            await kill();
            _sprung.SetResult();
        }
        catch (Exception e)
        {
            _sprung.SetException(e);
        }

        return false;
    }
}
