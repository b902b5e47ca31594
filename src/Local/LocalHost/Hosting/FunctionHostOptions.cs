namespace LocalHost.Hosting;

/// <summary>How to host the functions.</summary>
/// <param name="Settings">The app's settings.</param>
public sealed record FunctionHostOptions(IConfiguration Settings)
{
    /// <summary>The port of the HTTP functions. Default: 0, any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where logs go. Default: nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Is given the app's services, to put others in their place. Default: nobody.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
