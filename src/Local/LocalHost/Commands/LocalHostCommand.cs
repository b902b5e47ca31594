using System.CommandLine;

namespace LocalHost.Commands;

/// <summary>The command line.</summary>
internal static class LocalHostCommand
{
    /// <summary>The root command: without a subcommand it serves until Ctrl+C.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs Meeting Recordings whole on this machine: the functions, a Service Bus emulator, Azurite and a DingTalk simulator.");
        RunCommand.AddTo(root);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(ServicesCommand.Create());
        root.Subcommands.Add(PoisonCommand.Create());
        root.Subcommands.Add(ManifestsCommand.Create());
        root.Subcommands.Add(RecordingsCommand.Create());
        root.Subcommands.Add(BackfillCommand.Create());
        root.Subcommands.Add(EraseCommand.Create());
        root.Subcommands.Add(CallbackCommand.Create());
        return root;
    }

    /// <summary>Runs an action whose expected failures are told in one line each, with exit code 1.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> action, CancellationToken cancellationToken)
    {
        using var stop = StopSignal.Listen(cancellationToken);
        try
        {
            return await action(stop.Token);
        }
        catch (LocalHostException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return StopSignal.ExitCode;
        }
    }
}
