using Azure.Core.Extensions;
using Azure.Messaging.ServiceBus;

namespace Microsoft.Extensions.Azure;

/// <summary>Registers <see cref="ServiceBusClient"/> with a client factory builder.</summary>
public static class ServiceBusClientBuilderExtensions
{
    /// <summary>Registers a client that authenticates with the builder's credential.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="fullyQualifiedNamespace">Such as <c>name.servicebus.windows.net</c>.</param>
    public static IAzureClientBuilder<ServiceBusClient, ServiceBusClientOptions> AddServiceBusClientWithNamespace<TBuilder>(
        this TBuilder builder,
        string fullyQualifiedNamespace)
        where TBuilder : IAzureClientFactoryBuilderWithCredential
        => builder.RegisterClientFactory<ServiceBusClient, ServiceBusClientOptions>(
            (options, credential) => new ServiceBusClient(fullyQualifiedNamespace, credential, options));

    /// <summary>Registers a client of a connection string.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">The connection string.</param>
    public static IAzureClientBuilder<ServiceBusClient, ServiceBusClientOptions> AddServiceBusClient<TBuilder>(
        this TBuilder builder,
        string connectionString)
        where TBuilder : IAzureClientFactoryBuilder
        => builder.RegisterClientFactory<ServiceBusClient, ServiceBusClientOptions>(
            options => new ServiceBusClient(connectionString, options));

    /// <summary>Registers a client of a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">Holds <c>connectionString</c> or <c>fullyQualifiedNamespace</c>, and options.</param>
    public static IAzureClientBuilder<ServiceBusClient, ServiceBusClientOptions> AddServiceBusClient<TBuilder, TConfiguration>(
        this TBuilder builder,
        TConfiguration configuration)
        where TBuilder : IAzureClientFactoryBuilderWithConfiguration<TConfiguration>
        => builder.RegisterClientFactory<ServiceBusClient, ServiceBusClientOptions>(configuration);
}
