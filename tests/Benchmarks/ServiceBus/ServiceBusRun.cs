using System.Diagnostics;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using LocalHost.Node;

namespace Benchmarks.ServiceBus;

/// <summary>Measures a namespace or an emulator, and tells of each part as it ends.</summary>
internal sealed class ServiceBusRun(ServiceBusOptions options, TextWriter output)
{
    private const int BatchSize = 500;
    private const int SendsAtOnce = 64;
    private const int ConcurrentCalls = 16;
    private const int WarmUpMessages = 5_000;

    private EmulatorProcess? _emulator;

    /// <summary>Runs it.</summary>
    /// <param name="onlyMany">Only fill the queue in batches and drain it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task RunAsync(bool onlyMany, CancellationToken cancellationToken)
    {
        if (options.ConnectionString is { } given)
        {
            await MeasureAsync(given, onlyMany, cancellationToken);
            return;
        }

        await using var emulator = await EmulatorProcess.StartAsync(cancellationToken);
        _emulator = emulator;
        await MeasureAsync(emulator.ConnectionString, onlyMany, cancellationToken);
    }

    private static double Mb(long? bytes) => (bytes ?? 0) / 1_000_000.0;

    private async Task MeasureAsync(string connectionString, bool onlyMany, CancellationToken cancellationToken)
    {
        var client = typeof(ServiceBusClient).Assembly.GetName();
        Line($"{options.Messages:N0} messages of 200 bytes a part, {client.Name} {client.Version}, {Environment.ProcessorCount} cores");
        Line($"");
        Line($"                                      a second  first tenth  last tenth  ratio   emulator's CPU a message, us: first, last, ratio");
        var calls = new ServiceBusCalls(connectionString, options.Queue);
        await using (calls)
        {
            await WarmUpAsync(calls, onlyMany, cancellationToken);
            if (!onlyMany)
            {
                await TimeAsync("sent singly, 64 at once", tenths => calls.SendSinglyAsync(options.Messages, SendsAtOnce, tenths, cancellationToken));
                await TimeAsync("received and completed, 16 calls", tenths => calls.ProcessAsync(ConcurrentCalls, tenths, cancellationToken));
            }

            var before = _emulator?.MemoryBytes;
            await TimeAsync("sent in batches of 500", tenths => calls.SendBatchesAsync(options.Messages, BatchSize, tenths, cancellationToken));
            var full = _emulator?.MemoryBytes;
            await TimeAsync("received and completed, 16 calls", tenths => calls.ProcessAsync(ConcurrentCalls, tenths, cancellationToken));
            if (_emulator is not null)
            {
                Line($"");
                Line($"The emulator's working set: {Mb(before):N0} MB before the batches, {Mb(full):N0} MB with them ({(full - before) / options.Messages:N0} bytes a message), {Mb(_emulator.MemoryBytes):N0} MB after the drain");
            }
        }

        if (options.WithJavaScript)
        {
            await RunJavaScriptAsync(connectionString, cancellationToken);
        }
    }

    private static async Task WarmUpAsync(ServiceBusCalls calls, bool onlyMany, CancellationToken cancellationToken)
    {
        if (!onlyMany)
        {
            await calls.SendSinglyAsync(WarmUpMessages, SendsAtOnce, new Tenths(WarmUpMessages, null), cancellationToken);
            await calls.ProcessAsync(ConcurrentCalls, new Tenths(WarmUpMessages, null), cancellationToken);
        }

        await calls.SendBatchesAsync(WarmUpMessages, BatchSize, new Tenths(WarmUpMessages, null), cancellationToken);
        await calls.ProcessAsync(ConcurrentCalls, new Tenths(WarmUpMessages, null), cancellationToken);
    }

    private async Task TimeAsync(string what, Func<Tenths, Task> run)
    {
        var emulator = _emulator;
        var tenths = new Tenths(options.Messages, emulator is null ? null : () => emulator.Cpu);
        await run(tenths);
        var cpu = emulator is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"   {tenths.FirstCpu,6:N1} {tenths.LastCpu,6:N1} {tenths.FirstCpu / tenths.LastCpu,5:N2}");
        Line($"{what,-34} {tenths.Rate,11:N0} {tenths.First,12:N0} {tenths.Last,11:N0} {tenths.Last / tenths.First,6:N2}{cpu}");
    }

    private async Task RunJavaScriptAsync(string connectionString, CancellationToken cancellationToken)
    {
        var folder = await NodePackage.InstallAsync(
            Path.Combine(AppContext.BaseDirectory, "ServiceBus"),
            Path.Combine(Path.GetTempPath(), "meeting-recordings-benchmarks"),
            static () => Console.Error.WriteLine("Installing @azure/service-bus from npm, once ..."),
            cancellationToken);
        var start = new ProcessStartInfo(
            "node", [Path.Combine(folder, "throughput.mjs"), options.Queue, options.Messages.ToString(CultureInfo.InvariantCulture)]);
        start.Environment["SERVICEBUS_CONNECTION_STRING"] = connectionString;
        Line($"");
        Line($"Microsoft's JavaScript client");
        using var node = Process.Start(start)!;
        try
        {
            await node.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            throw;
        }

        if (node.ExitCode != 0)
        {
            throw new InvalidOperationException($"The JavaScript client ended with {node.ExitCode}.");
        }
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
