using System.CommandLine;
using LocalHost.Hosting;
using LocalHost.Services;
using LocalHost.Settings;

namespace LocalHost.Commands;

/// <summary>Serves until Ctrl+C.</summary>
internal static class RunCommand
{
    private const int DefaultPort = 7071;

    private static readonly Option<int> Port = PortOption.Create("--port", "The port of the HTTP functions.", DefaultPort);
    private static readonly Option<int> ServiceBusPort = PortOption.Create("--service-bus-port", "The port of the Service Bus emulator.", 0);
    private static readonly Option<int> BlobPort = PortOption.Create("--blob-port", "The port of Azurite's blob service.", 0);
    private static readonly Option<int> DingTalkPort = PortOption.Create("--dingtalk-port", "The port of the DingTalk simulator.", 0);

    private static readonly Option<DirectoryInfo> State = new("--state")
    {
        Description = "The folder for blobs, of one LocalHost at a time; it can be deleted whenever none runs.",
        DefaultValueFactory = static _ => new DirectoryInfo(LocalFolders.State),
    };

    private static readonly Option<FileInfo> SettingsFile = new("--settings")
    {
        Description = $"A settings file as Core Tools read it. [default: {LocalSettings.DefaultFile}, if it is there]",
    };

    /// <summary>Makes a command serve.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Port, ServiceBusPort, BlobPort, DingTalkPort, State, SettingsFile])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => LocalHostCommand.RunAsync(token => RunAsync(parsed, token), cancellationToken));
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(SettingsFile)?.FullName;
        var configured = LocalSettings.Read(file, []);
        var folder = parsed.GetRequiredValue(State).FullName;
        var port = parsed.GetValue(Port);
        var ports = new ServicePorts(parsed.GetValue(ServiceBusPort), parsed.GetValue(BlobPort), parsed.GetValue(DingTalkPort));
        var missing = ports.Missing(configured, LocalPort.IsTaken);
        using var state = missing.Blobs is null ? null : StateFolder.Take(folder);
        await using var services = await LocalServices.StartAsync(
            new LocalServicesOptions(missing)
            {
                StateDirectory = folder,
                Settings = configured,
                Installing = static () => Console.WriteLine("Installing Azurite from npm, once ..."),
            },
            cancellationToken);
        await using var host = await FunctionHost.StartAsync(
            new FunctionHostOptions(LocalSettings.Read(file, services.Settings))
            {
                Port = port,
                Logging = static logging => logging.AddLocalConsole(LogLevel.Information),
            },
            cancellationToken);
        services.PushTo(host.BaseAddress);
        state?.Tell(services.Settings);

        Welcome.Print(Console.Out, host, services);
        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        Console.WriteLine("Stopping ...");
        if (services.WaitingMessages is var lost and > 0)
        {
            Console.WriteLine($"{Counted.Of(lost, "message")} in the emulator's queues end with it; the manifests stay in {folder}.");
        }

        return 0;
    }
}
