namespace MeetingRecordings;

/// <summary>A store failed. The message names the cause and nothing secret.</summary>
/// <param name="code">The store's error code, for instance <c>AuthorizationPermissionMismatch</c>.</param>
/// <param name="message">What went wrong.</param>
/// <param name="innerException">The store's own exception; null where there is none.</param>
public sealed class StoreException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The store's error code.</summary>
    public string Code { get; } = code;
}
