using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MeetingRecordings.Functions.Telemetry;

/// <summary>Where the app's spans and metrics go, and what is logged.</summary>
internal static class TelemetryRegistration
{
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    private static readonly string Version = typeof(TelemetryRegistration).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// Registers OpenTelemetry: spans are always made, for messages carry their trace ids; they are exported over OTLP where
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and to Azure Monitor where <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> is.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var toOtlp = !string.IsNullOrEmpty(configuration[OtlpEndpoint]);
        var toAzureMonitor = !string.IsNullOrEmpty(configuration[AzureMonitor]);
        void Configure(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = configuration[AzureMonitor];
            options.Credential = CredentialOf(configuration[Authentication]);
        }

        // The Functions worker would tell every request, its query and with it a push's signature too, and every settlement.
        services.AddLogging(static logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning)
            // Nothing is protected by its keys; it warns at every start that they are not encrypted.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

        var builder = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration[ServiceName] ?? "meeting-recordings", serviceVersion: Version))
            .WithTracing(tracing =>
            {
                tracing.AddSource(RecordingTelemetry.Name);
                _ = toOtlp ? tracing.AddOtlpExporter() : tracing;
                _ = toAzureMonitor ? tracing.AddAzureMonitorTraceExporter(Configure) : tracing;

                // The server's own span, the parent of ours, is not recorded, so ours must not follow it. Set last, for Azure
                // Monitor's exporter sets a sampler too, which keeps a few traces a second.
                tracing.SetSampler(new AlwaysOnSampler());
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(RecordingTelemetry.Name);
                _ = toOtlp ? metrics.AddOtlpExporter() : metrics;
                _ = toAzureMonitor ? metrics.AddAzureMonitorMetricExporter(Configure) : metrics;
            });
        if (toOtlp)
        {
            // To Azure Monitor the Functions host sends the logs.
            builder.WithLogging(static logging => logging.AddOtlpExporter());
        }

        return services;
    }

    // As the Functions host reads it: ClientId=...;Authorization=AAD, without a client id where the identity is the app's own.
    private static TokenCredential? CredentialOf(string? authentication)
    {
        if (string.IsNullOrEmpty(authentication))
        {
            return null;
        }

        const string Name = "ClientId=";
        var clientId = authentication.Split(';', StringSplitOptions.TrimEntries)
            .FirstOrDefault(static part => part.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..];
        return clientId is null
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
    }
}
