using ServiceBusEmulator;

var port = args.Length > 0 ? int.Parse(args[0]) : 5672;
await using var server = await EmulatorServer.StartAsync(new EmulatorOptions
{
    Port = port,
    Queues = [new QueueOptions("q"), new QueueOptions("short") { LockDuration = TimeSpan.FromSeconds(2) }],
});
Console.WriteLine(server.ConnectionString);
await Task.Delay(-1);
