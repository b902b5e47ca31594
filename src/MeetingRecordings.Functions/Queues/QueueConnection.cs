using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Queues;

/// <summary>
/// Connects to Service Bus while the host starts, and stays connected: Service Bus closes a connection on which nothing moves, and a push
/// has no time to wait for a new one. Every instance has a connection of its own, so this is no timer function.
/// </summary>
public sealed partial class QueueConnection : BackgroundService
{
    // Service Bus detaches an idle sender after ten minutes, and then ends its connection.
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromMinutes(4);

    private readonly BatchingSender _sender;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<QueueConnection> _logger;

    internal QueueConnection(
        BatchingSender sender, ServiceBusClient client, ServiceBusSettings settings, TimeProvider clock, ILogger<QueueConnection> logger)
        => (_sender, _client, _settings, _clock, _logger) = (sender, client, settings, clock, logger);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeepAliveInterval, _clock);
        await using var receiver = _client.CreateReceiver(_settings.ConferenceQueue);
        await TryAsync(() => _sender.OpenAsync(stoppingToken));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Of the same client, so it moves the connection over which pushes are sent.
            await TryAsync(() => receiver.PeekMessageAsync(0, stoppingToken));
        }
    }

    private async Task TryAsync(Func<Task> use)
    {
        try
        {
            await use();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Every push tries anew, and is answered 503 until one succeeds.
            Log.NotConnected(_logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "Service Bus cannot be reached; pushes are answered 503 until it can")]
        public static partial void NotConnected(ILogger logger, Exception exception);
    }
}
