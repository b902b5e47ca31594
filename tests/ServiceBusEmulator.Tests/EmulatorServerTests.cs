using System.Net;
using System.Net.Sockets;

namespace ServiceBusEmulator.Tests;

public class EmulatorServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_taken_port_is_named_in_one_line()
    {
        await using var first = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0 }, Cancel);

        var exception = await Assert.ThrowsAsync<IOException>(() => EmulatorServer.StartAsync(new EmulatorOptions { Port = first.Port }, Cancel));

        Assert.Contains($"port {first.Port}", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task A_taken_health_port_is_named_and_the_amqp_port_is_free_again()
    {
        await using var first = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0, HttpPort = 0 }, Cancel);
        var amqpPort = FreePort();

        var exception = await Assert.ThrowsAsync<IOException>(
            () => EmulatorServer.StartAsync(new EmulatorOptions { Port = amqpPort, HttpPort = first.HttpPort }, Cancel));

        Assert.Contains($"port {first.HttpPort}", exception.Message);
        await using var second = await EmulatorServer.StartAsync(new EmulatorOptions { Port = amqpPort }, Cancel);
    }

    [Fact]
    public async Task A_port_can_be_used_again_once_its_emulator_has_gone()
    {
        var first = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0 }, Cancel);
        await first.DisposeAsync();

        await using var second = await EmulatorServer.StartAsync(new EmulatorOptions { Port = first.Port }, Cancel);

        Assert.Equal(first.Port, second.Port);
    }

    [Fact]
    public async Task The_health_endpoint_says_that_it_is_healthy()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0, HttpPort = 0 }, Cancel);
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{server.HttpPort}") };

        Assert.Equal("""{"status":"healthy"}""", await http.GetStringAsync("/health", Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_connection_string_is_that_of_microsofts_emulator_with_the_port()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Port = 0 }, Cancel);

        Assert.Equal(
            $"Endpoint=sb://localhost:{server.Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;",
            server.ConnectionString);
        Assert.Null(server.HttpPort);
    }

    [Fact]
    public async Task Two_queues_of_the_same_name_are_refused()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => EmulatorServer.StartAsync(new EmulatorOptions { Port = 0, Queues = [new QueueOptions("a"), new QueueOptions("A")] }, Cancel));

        Assert.Contains("'A'", exception.Message);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
