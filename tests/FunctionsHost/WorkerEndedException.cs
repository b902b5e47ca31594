namespace FunctionsHost;

/// <summary>The worker has ended, and with it whatever it was asked for.</summary>
public sealed class WorkerEndedException : Exception
{
    internal WorkerEndedException(string message, int? exitCode = null)
        : base(message) => ExitCode = exitCode;

    /// <summary>The process's exit code, where it ended before it was ready.</summary>
    public int? ExitCode { get; }
}
