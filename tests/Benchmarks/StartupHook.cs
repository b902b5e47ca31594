using System.Buffers.Binary;
using System.IO.Pipes;

// The runtime wants this name, outside any namespace (DOTNET_STARTUP_HOOKS).
#pragma warning disable CA1050

/// <summary>
/// Runs inside the measured host before its Main, and answers every connection to a named pipe with the bytes that the host has
/// allocated since its start. It touches nothing but the base library.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the pipe's name.</summary>
    public const string PipeVariable = "BENCHMARKS_GAUGE_PIPE";

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PipeVariable) is { Length: > 0 } name)
        {
            _ = Task.Run(() => AnswerAsync(name));
        }
    }

    private static async Task AnswerAsync(string name)
    {
        var answer = new byte[sizeof(long)];
        while (true)
        {
            using var pipe = new NamedPipeServerStream(name, PipeDirection.Out, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
            await pipe.WaitForConnectionAsync();
            BinaryPrimitives.WriteInt64LittleEndian(answer, GC.GetTotalAllocatedBytes(precise: true));
            await pipe.WriteAsync(answer);
        }
    }
}
