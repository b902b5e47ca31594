namespace ServiceBusEmulator.Tests.Conformance;

/// <summary>Microsoft's own JavaScript client, @azure/service-bus, against the emulator.</summary>
public class JavaScriptClientTests(NodeSuite suite) : IClassFixture<NodeSuite>
{
    private readonly NodeSuite _suite = suite;

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(NodeSuite.Folder, "*.test.mjs").Select(static path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Microsofts_javascript_client_finds_what_it_finds_in_azure(string file)
    {
        Assert.NotNull(_suite);
        await using var server = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = 0, Queues = ConformanceQueues.All }, TestContext.Current.CancellationToken);

        await NodeSuite.RunAsync(file, server.ConnectionString);
    }
}
