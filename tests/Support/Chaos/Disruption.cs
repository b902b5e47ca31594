namespace Support.Chaos;

/// <summary>What is done to the processes.</summary>
public enum Disruption
{
    /// <summary>The host is ended with SIGKILL and started again.</summary>
    KillHost,

    /// <summary>Blob Storage is stopped and started again, its data on disk.</summary>
    RestartBlobs,

    /// <summary>Every connection to Service Bus is cut.</summary>
    DropConnections,
}
