namespace Worker.Tests;

/// <summary>One app for the tests that do not get into each other's way: each has conferences of its own and stops nothing.</summary>
public sealed class SharedApp(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>The collection of the tests that share it.</summary>
    public const string Name = "shared app";

    public RunningApp App { get; private set; } = null!;

    // The next look at a recording that is not ready is far off, so that it can be seen where it waits.
    public async ValueTask InitializeAsync()
        => App = await RunningApp.StartAsync(azurite, ("Recovery__ReadinessLadder", "01:00:00"), ("Sweep__Enabled", "true"));

    public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The collection.</summary>
    [CollectionDefinition(Name)]
    public sealed class Definition : ICollectionFixture<SharedApp>;
}
