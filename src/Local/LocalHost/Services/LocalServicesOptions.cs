namespace LocalHost.Services;

/// <summary>Which services to start, and where they keep things.</summary>
/// <param name="Ports">Their ports.</param>
public sealed record LocalServicesOptions(ServicePorts Ports)
{
    /// <summary>Where blobs are kept. Default: null, in memory until the end.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The settings, for queue names and DingTalk's secrets. Default: none, so that development values are used.</summary>
    public IConfiguration Settings { get; init; } = new ConfigurationBuilder().Build();

    /// <summary>The time of the emulator and the simulator. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Called where Azurite's package has to be installed first, which takes a while.</summary>
    public Action? Installing { get; init; }
}
