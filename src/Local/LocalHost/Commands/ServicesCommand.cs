using System.CommandLine;
using LocalHost.Services;
using LocalHost.Settings;

namespace LocalHost.Commands;

/// <summary>Starts what the functions need, for a Functions host that runs elsewhere on this machine (<c>func start</c>).</summary>
internal static class ServicesCommand
{
    private static readonly Uri Functions = new("http://localhost:7071/api/");

    // The addresses of local.settings.sample.json.
    private static readonly Option<int> ServiceBusPort = PortOption.Create("--service-bus-port", "The port of the Service Bus emulator.", 5672);
    private static readonly Option<int> BlobPort = PortOption.Create("--blob-port", "The port of Azurite's blob service.", 10000);
    private static readonly Option<int> DingTalkPort = PortOption.Create("--dingtalk-port", "The port of the DingTalk simulator.", 5100);

    public static Command Create()
    {
        var command = new Command("services", "Starts just the Service Bus emulator, Azurite and the DingTalk simulator, and prints the settings that point to them.")
        {
            ServiceBusPort,
            BlobPort,
            DingTalkPort,
        };
        command.SetAction((parsed, cancellationToken) => LocalHostCommand.RunAsync(token => RunAsync(parsed, token), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var state = StateFolder.Take(LocalFolders.State);
        await using var services = await LocalServices.StartAsync(
            new LocalServicesOptions(new ServicePorts(parsed.GetValue(ServiceBusPort), parsed.GetValue(BlobPort), parsed.GetValue(DingTalkPort)))
            {
                StateDirectory = LocalFolders.State,
                Installing = static () => Console.WriteLine("Installing Azurite from npm, once ..."),
            },
            cancellationToken);
        services.PushTo(Functions);
        state.Tell(services.Settings);
        foreach (var (name, value) in services.Settings)
        {
            Console.WriteLine($"{name}={value}");
        }

        Console.WriteLine($"The simulator pushes events to {services.DingTalk!.Pusher.CallbackUrl}. Ctrl+C stops everything.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        return 0;
    }
}
