using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>What an operator needs to know of the failure that ended a look.</summary>
/// <param name="Code">DingTalk's code, one of <see cref="TransportCodes"/>, or a store's behind <see cref="StorePrefix"/> or <see cref="ArchivePrefix"/>.</param>
/// <param name="Message">What went wrong, without secrets.</param>
/// <param name="RequestId">DingTalk's id of the request; null where there is none.</param>
/// <param name="HttpStatus">The HTTP status; null where no answer came.</param>
public sealed record Failure(string Code, string Message, string? RequestId = null, int? HttpStatus = null)
{
    /// <summary>What stands before the code of a store of manifests.</summary>
    public const string StorePrefix = "manifestStore.";

    /// <summary>What stands before the code of a store of recordings.</summary>
    public const string ArchivePrefix = "recordingStore.";

    /// <summary>DingTalk's failure.</summary>
    public static Failure Of(DingTalkError error) => new(error.Code, error.Message, error.RequestId, error.Status);

    /// <summary>The store's failure.</summary>
    /// <param name="code">The store's code, for instance <c>AuthorizationFailure</c>.</param>
    /// <param name="message">What went wrong.</param>
    public static Failure OfStore(string code, string message) => new($"{StorePrefix}{code}", message);

    /// <summary>A failure of the store of recordings.</summary>
    /// <param name="code">The store's code.</param>
    /// <param name="message">What went wrong.</param>
    public static Failure OfRecordings(string code, string message) => new($"{ArchivePrefix}{code}", message);
}
