using Azure;

namespace MeetingRecordings.Functions.Storage;

/// <summary>Tells Blob Storage's failures in the words of the domain.</summary>
internal static class StoreFailures
{
    /// <summary>Does something with Blob Storage.</summary>
    /// <exception cref="StoreException">Blob Storage cannot be reached, refuses, or holds something else than it should.</exception>
    public static async Task<T> WithFailuresAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await use();
        }
        catch (RequestFailedException e)
        {
            throw new StoreException(e.ErrorCode ?? $"http{e.Status}", $"Blob Storage answered {e.Status} {e.ErrorCode}.", e);
        }
        catch (Exception e) when (e is AggregateException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What the SDK throws once its own retries of a broken or silent connection are spent.
            throw new StoreException("unreachable", "Blob Storage cannot be reached.", e);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException("unreadable", e.Message, e);
        }
    }
}
