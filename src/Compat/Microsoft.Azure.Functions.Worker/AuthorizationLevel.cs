namespace Microsoft.Azure.Functions.Worker;

/// <summary>Who may call an HTTP function.</summary>
public enum AuthorizationLevel
{
    /// <summary>Anybody.</summary>
    Anonymous,

    /// <summary>Reserved by the platform.</summary>
    User,

    /// <summary>Holders of a function key, a host key or the master key.</summary>
    Function,

    /// <summary>Reserved by the platform.</summary>
    System,

    /// <summary>Holders of the master key.</summary>
    Admin,
}
