using System.Diagnostics;
using System.Globalization;
using MeetingRecordings.Checkpoints;

namespace LocalHost.Hosting;

/// <summary>Ends this process without warning at a step of the functions, for the tests of what a crash leaves behind.</summary>
/// <param name="checkpoint">Where.</param>
/// <param name="passing">At which passing of it, counted from 1.</param>
internal sealed class CrashPoint(Checkpoint checkpoint, int passing) : ICheckpoints
{
    /// <summary>The environment variable that names the step and the passing, for instance <c>ManifestWritten:2</c>.</summary>
    public const string Variable = "LocalHost__CrashAt";

    private int _passed;

    /// <summary>Reads the environment.</summary>
    /// <returns>Where to end; null where the variable is not set.</returns>
    /// <exception cref="LocalHostException">It is malformed.</exception>
    public static CrashPoint? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        return text.Split(':') is [var name, var times]
            && Enum.TryParse<Checkpoint>(name, out var checkpoint) && Enum.IsDefined(checkpoint)
            && int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var passing) && passing > 0
            ? new CrashPoint(checkpoint, passing)
            : throw new LocalHostException($"{Variable} is malformed: expected a step and a number, for instance {Checkpoint.ManifestWritten}:1.");
    }

    /// <inheritdoc />
    public void Pass(Checkpoint passed)
    {
        if (passed == checkpoint && Interlocked.Increment(ref _passed) == passing)
        {
            // SIGKILL, or what comes next to it: no handler runs, no connection is closed in order.
            Process.GetCurrentProcess().Kill();
        }
    }
}
