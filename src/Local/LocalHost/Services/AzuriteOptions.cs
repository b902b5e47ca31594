namespace LocalHost.Services;

/// <summary>How to run Azurite.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The port of its blob service. Default: 0, any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where blobs are kept. Default: null, in memory until it stops.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Called where its package has to be installed first, which takes a while.</summary>
    public Action? Installing { get; init; }
}
