using System.Text.Json;
using System.Xml;

namespace ServiceBusEmulator.Configuration;

/// <summary>
/// Reads the <c>Config.json</c> of Microsoft's Service Bus emulator
/// (https://learn.microsoft.com/azure/service-bus-messaging/test-locally-with-service-bus-emulator).
/// </summary>
public static class ConfigFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such file, or asks for what this emulator does not offer; the message says what.</exception>
    public static EmulatorOptions Read(string path) => Parse(File.ReadAllText(path), path);

    internal static EmulatorOptions Parse(string json, string source)
    {
        try
        {
            var config = JsonSerializer.Deserialize(json, ConfigJsonContext.Default.ConfigBody);
            var namespaces = config?.UserConfig?.Namespaces ?? throw new InvalidDataException($"{source}: UserConfig.Namespaces is missing.");
            if (namespaces.FirstOrDefault(static body => body.Topics is { Count: > 0 }) is { } withTopics)
            {
                throw new InvalidDataException($"{source}: namespace '{withTopics.Name}' has topics; this emulator offers queues only.");
            }

            return new EmulatorOptions { Queues = [.. namespaces.SelectMany(static body => body.Queues ?? []).Select(queue => ToOptions(queue, source))] };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{source}: {exception.Message}", exception);
        }
    }

    private static QueueOptions ToOptions(ConfigBody.Queue queue, string source)
    {
        if (string.IsNullOrWhiteSpace(queue.Name))
        {
            throw new InvalidDataException($"{source}: a queue has no Name.");
        }

        var given = queue.Properties ?? new ConfigBody.QueueProperties();
        if (given.RequiresSession is true || !string.IsNullOrEmpty(given.ForwardTo) || !string.IsNullOrEmpty(given.ForwardDeadLetteredMessagesTo))
        {
            throw new InvalidDataException($"{source}: queue '{queue.Name}' asks for sessions or forwarding; this emulator offers neither.");
        }

        var defaults = new QueueOptions(queue.Name);
        return defaults with
        {
            LockDuration = Duration(given.LockDuration) ?? defaults.LockDuration,
            MaxDeliveryCount = given.MaxDeliveryCount ?? defaults.MaxDeliveryCount,
            DefaultMessageTimeToLive = Duration(given.DefaultMessageTimeToLive) ?? defaults.DefaultMessageTimeToLive,
            DeadLetteringOnMessageExpiration = given.DeadLetteringOnMessageExpiration ?? defaults.DeadLetteringOnMessageExpiration,
            RequiresDuplicateDetection = given.RequiresDuplicateDetection ?? defaults.RequiresDuplicateDetection,
            DuplicateDetectionHistoryTimeWindow = Duration(given.DuplicateDetectionHistoryTimeWindow) ?? defaults.DuplicateDetectionHistoryTimeWindow,
        };

        TimeSpan? Duration(string? iso8601)
        {
            try
            {
                return iso8601 is null ? null : XmlConvert.ToTimeSpan(iso8601);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                throw new InvalidDataException($"{source}: queue '{queue.Name}' has '{iso8601}' for a duration; PT1M is a minute.", exception);
            }
        }
    }
}
