using LocalHost.Services;
using Worker.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Worker.Tests;

/// <summary>One Azurite for all tests; each app has a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;

    public string ConnectionString => _server!.ConnectionString;

    public async ValueTask InitializeAsync()
        => _server = await AzuriteServer.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
