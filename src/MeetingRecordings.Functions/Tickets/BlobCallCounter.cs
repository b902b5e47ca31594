using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Tickets;

/// <summary>
/// Counts the calls of a month in a blob named <c>calls/2026-11.json</c>. Instances that meet take turns by its ETag, so that no call is
/// counted twice or not at all.
/// </summary>
/// <param name="container">The container, private; made on first use.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
public sealed partial class BlobCallCounter(BlobContainerClient container, TimeProvider clock, ILogger<BlobCallCounter> logger) : ICallCounter
{
    // A look waits for it.
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    public async Task<int?> AddAsync(string period, int calls, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LongestTry, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await AddInTurnAsync($"calls/{period}.json", calls, either.Token);
        }
        catch (Exception e) when (e is RequestFailedException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotCounted(logger, calls, e.GetType().Name, e);
            return null;
        }
    }

    private async Task<int> AddInTurnAsync(string name, int calls, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (counted, etag) = await ReadAsync(name, cancellationToken);
            var sum = counted + calls;
            if (calls == 0 || await container.TryWriteJsonAsync(name, BinaryData.FromString($$"""{"calls":{{sum}}}"""), etag, null, null, cancellationToken))
            {
                return sum;
            }
        }
    }

    private async Task<(int Calls, ETag? ETag)> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (await container.GetBlobClient(name).FindContentAsync(cancellationToken) is not { } blob)
        {
            return (0, null);
        }

        using var json = JsonDocument.Parse(blob.Content);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("calls", out var calls)
            && calls.ValueKind == JsonValueKind.Number
            && calls.TryGetInt32(out var counted)
            && counted >= 0
            ? (counted, blob.Details.ETag)
            : throw new JsonException($"The blob {name} does not say how many calls there were.");
    }

    private static partial class Log
    {
        [LoggerMessage(230, LogLevel.Warning, "{Calls} metered calls are not counted yet ({ExceptionType}); no call is held back meanwhile")]
        public static partial void NotCounted(ILogger logger, int calls, string exceptionType, Exception exception);
    }
}
