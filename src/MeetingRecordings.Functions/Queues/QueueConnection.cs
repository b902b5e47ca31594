using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Queues;

/// <summary>Connects to Service Bus while the host starts, so that the first push is answered as fast as the next.</summary>
/// <param name="sender">What to connect.</param>
/// <param name="logger">Where it is told.</param>
public sealed partial class QueueConnection(BatchingSender sender, ILogger<QueueConnection> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await sender.OpenAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Every push tries anew, and is answered 503 until one succeeds.
            Log.NotConnected(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "Service Bus cannot be reached yet; pushes are answered 503 until it can")]
        public static partial void NotConnected(ILogger logger, Exception exception);
    }
}
