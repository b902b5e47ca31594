using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>Keeps the pushes that DingTalk could not deliver and has forgotten since it listed them.</summary>
public interface IFailedPushStore
{
    /// <summary>Keeps a page until it is on the queue.</summary>
    /// <param name="pushes">What DingTalk listed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Where the page is kept.</returns>
    /// <exception cref="Azure.RequestFailedException">It is not kept.</exception>
    Task<string> KeepAsync(IReadOnlyList<FailedPush> pushes, CancellationToken cancellationToken);

    /// <summary>The pages that are kept, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Azure.RequestFailedException">Nothing can be read, nor be kept.</exception>
    IAsyncEnumerable<KeptPage> ListAsync(CancellationToken cancellationToken);

    /// <summary>Lets go of a page.</summary>
    /// <param name="place">Where it is kept.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Azure.RequestFailedException">It may still be kept.</exception>
    Task DropAsync(string place, CancellationToken cancellationToken);

    /// <summary>Keeps a push that cannot be read, until an operator deletes it.</summary>
    /// <param name="push">The push.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Where it is kept.</returns>
    /// <exception cref="Azure.RequestFailedException">It is not kept.</exception>
    Task<string> SetAsideAsync(FailedPush push, CancellationToken cancellationToken);
}
