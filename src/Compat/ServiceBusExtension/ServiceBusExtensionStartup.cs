using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Settling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(ServiceBusExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Connects a worker to its host's settlement service.</summary>
public sealed class ServiceBusExtensionStartup : WorkerExtensionStartup
{
    /// <inheritdoc />
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
        => applicationBuilder.Services.AddGrpcClient<Settlement.SettlementClient>(static (services, client)
            => client.Address = new Uri(services.GetRequiredService<IConfiguration>()["Functions:Worker:HostEndpoint"]!));
}
