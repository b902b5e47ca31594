using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Http;

/// <summary>Answers what an operator asks. What Service Bus or Blob Storage cannot say now is a problem with a code, not an exception.</summary>
internal static class OperatorCall
{
    /// <summary>The longest that a question waits for its answer: 10 s.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Asks, within <see cref="LongestWait"/>.</summary>
    public static async Task<IResult> AskAsync(Func<CancellationToken, Task<IResult>> ask, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(LongestWait);
        return await DoAsync(() => ask(late.Token), cancellationToken);
    }

    /// <summary>Does something that must not be broken off for its length.</summary>
    public static async Task<IResult> DoAsync(Func<Task<IResult>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobArchived)
        {
            return Problems.Archived(e.ErrorCode);
        }
        catch (RequestFailedException e)
        {
            return Problems.NoAnswer("Blob Storage", e.ErrorCode ?? $"http{e.Status}");
        }
        catch (AggregateException)
        {
            // What the storage SDK throws once its own retries are spent.
            return Problems.NoAnswer("Blob Storage", "unreachable");
        }
        catch (ServiceBusException e)
        {
            return Problems.NoAnswer("Service Bus", e.Reason.ToString());
        }
        catch (UnauthorizedAccessException)
        {
            return Problems.NoAnswer("Service Bus", "Unauthorized");
        }
        catch (AuthenticationFailedException)
        {
            return Problems.NoAnswer("The app's identity", "AuthenticationFailed");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Problems.NoAnswer("What was asked", "timeout");
        }
    }
}
