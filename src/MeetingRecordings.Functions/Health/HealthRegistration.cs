using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MeetingRecordings.Functions.Health;

/// <summary>Registers what the app needs, and how each is tried without changing anything and without a call that DingTalk meters.</summary>
internal static class HealthRegistration
{
    public static IServiceCollection AddHealth(this IServiceCollection services, DingTalkOptions dingTalk)
    {
        var checks = services.AddHealthChecks()
            .AddProbe("queue", static (provider, token) => PeekAsync(provider, static settings => settings.ConferenceQueue, token))
            .AddProbe("poisonQueue", static (provider, token) => PeekAsync(provider, static settings => settings.PoisonQueue, token))
            .AddProbe("blob", static async (provider, token) =>
            {
                // Whether there is one does not matter: the first manifest makes it.
                await provider.GetRequiredService<BlobContainerClient>().ExistsAsync(token);
                return null;
            })
            .AddProbe("token", static async (provider, token)
                => await provider.GetRequiredService<ITokenSource>().ProbeAsync(token) is { } error ? $"DingTalk: {error.Code}." : null);
        if (dingTalk.CallsPerMonth is not null)
        {
            checks.Add(new HealthCheckRegistration(
                "calls", static provider => new CallsCheck(provider.GetRequiredService<CallBudget>()), failureStatus: null, tags: null));
        }

        return services.AddSingleton<Readiness>();
    }

    private static IHealthChecksBuilder AddProbe(
        this IHealthChecksBuilder checks, string name, Func<IServiceProvider, CancellationToken, Task<string?>> tryAsync)
        => checks.Add(new HealthCheckRegistration(
            name,
            provider => new Probe(token => tryAsync(provider, token), provider.GetRequiredService<TimeProvider>()),
            failureStatus: null,
            tags: null));

    private static async Task<string?> PeekAsync(IServiceProvider provider, Func<ServiceBusSettings, string> queueOf, CancellationToken token)
    {
        var queue = queueOf(provider.GetRequiredService<ServiceBusSettings>());
        await using var receiver = provider.GetRequiredService<ServiceBusClient>().CreateReceiver(queue);
        await receiver.PeekMessageAsync(0, token);
        return null;
    }
}
