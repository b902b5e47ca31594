using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Configuration;

namespace MeetingRecordings.Functions.Health;

/// <summary>What the app needs, and how each is tried without changing anything and without a call that DingTalk meters.</summary>
internal static class ReadinessProbes
{
    public static IReadOnlyList<ReadinessProbe> Create(ServiceBusClient client, ServiceBusSettings settings, BlobContainerClient container, ITokenSource tokens) =>
    [
        new ReadinessProbe("queue", async token =>
        {
            await using var receiver = client.CreateReceiver(settings.ConferenceQueue);
            await receiver.PeekMessageAsync(0, token).ConfigureAwait(false);
            return null;
        }),
        new ReadinessProbe("blob", async token =>
        {
            // Whether there is one does not matter: the first manifest makes it.
            await container.ExistsAsync(token).ConfigureAwait(false);
            return null;
        }),
        new ReadinessProbe("token", async token => await tokens.ProbeAsync(token).ConfigureAwait(false) is { } error ? $"DingTalk: {error.Code}." : null),
    ];
}
