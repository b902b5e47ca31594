using System.CommandLine;
using ServiceBusEmulator;
using ServiceBusEmulator.Configuration;

var config = new Option<FileInfo>("--config") { Description = "The queues, in the format of Microsoft's emulator", Required = true };
var port = new Option<int>("--port") { Description = "The AMQP port; 0 means any free one", DefaultValueFactory = static _ => 5672 };
var httpPort = new Option<int?>("--http-port") { Description = "The port of GET /health and POST /faults/drop-connections; 0 means any free one; none unless given" };
var command = new RootCommand("Azure Service Bus queues on this machine, in memory.") { config, port, httpPort };
command.SetAction(async (arguments, stop) =>
{
    try
    {
        var queues = ConfigFile.Read(arguments.GetRequiredValue(config).FullName);
        await using var server = await EmulatorServer.StartAsync(queues with { Port = arguments.GetValue(port), HttpPort = arguments.GetValue(httpPort) }, stop);
        Console.WriteLine(server.ConnectionString);
        if (server.HttpPort is { } http)
        {
            Console.WriteLine($"http://127.0.0.1:{http}/");
        }

        await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
