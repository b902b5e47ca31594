namespace Deployment.Tests.Infrastructure;

public sealed class RoleTests(Deployed deployed) : DeployedTest(deployed)
{
    private const string StorageBlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string StorageBlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string StorageBlobDelegator = "db58b8e5-c6ad-4a2a-8342-4190687cbf4a";
    private const string ServiceBusDataOwner = "090c5cfd-751d-490a-894a-3ce6f1109419";
    private const string ServiceBusDataReceiver = "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0";
    private const string ServiceBusDataSender = "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39";
    private const string KeyVaultSecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";

    [BicepFact]
    public void The_app_has_the_roles_that_it_needs_where_it_needs_them_and_no_other()
    {
        var given = Given(Deployed.Resources);

        Assert.Equal(
            new[]
            {
                // Keys, timer locks and the package: the host makes containers of its own, so the account.
                (StorageBlobDataOwner, "<Microsoft.Storage/storageAccounts>/sthosttoken"),
                // Index tags are an action of Owner's alone; nothing else is in reach.
                (StorageBlobDataOwner, "<Microsoft.Storage/storageAccounts/blobServices/containers>/stdatatoken/default/manifests"),
                // The suite ticket, which has no tags.
                (StorageBlobDataContributor, "<Microsoft.Storage/storageAccounts/blobServices/containers>/stdatatoken/default/dingtalk-state"),
                // Manage, for the queue's length; docs/decisions.md.
                (ServiceBusDataOwner, "<Microsoft.ServiceBus/namespaces/queues>/sb-token/conferences"),
                (ServiceBusDataOwner, "<Microsoft.ServiceBus/namespaces/queues>/sb-token/recordings"),
                (ServiceBusDataReceiver, "<Microsoft.ServiceBus/namespaces/queues>/sb-token/conferences-poison"),
                (ServiceBusDataSender, "<Microsoft.ServiceBus/namespaces/queues>/sb-token/conferences-poison"),
                (KeyVaultSecretsUser, "<Microsoft.KeyVault/vaults>/kv-token"),
                (MonitoringMetricsPublisher, "<Microsoft.Insights/components>/appi-token"),
            }.Order(),
            given);
    }

    [BicepTheory]
    [InlineData("archiveRecordings")]
    [InlineData("archiveTranscripts")]
    public void With_an_archive_it_has_one_containers_data_more_and_may_make_links_there(string parameter)
        => Assert.Equal(
            [
                (StorageBlobDataOwner, "<Microsoft.Storage/storageAccounts/blobServices/containers>/strectoken/default/recordings"),
                // An action of the account's, which gives no data: a link opens what its maker may open.
                (StorageBlobDelegator, "<Microsoft.Storage/storageAccounts>/strectoken"),
            ],
            Given(Deployed.With((parameter, true))).Except(Given(Deployed.Resources)));

    [BicepFact]
    public void Every_role_is_the_identitys_under_which_the_app_runs()
    {
        var identity = Deployed.OfType("Microsoft.ManagedIdentity/userAssignedIdentities").Single();
        var app = Deployed.OfType("Microsoft.Web/sites").Single();

        Assert.All(Assignments(), a => Assert.Equal("ServicePrincipal", a.Value("properties.principalType")));
        Assert.Single(Assignments().Select(static a => a.Value("properties.principalId")).Distinct());
        Assert.Contains(identity.Name, Assignments().First().Value("properties.principalId"), StringComparison.Ordinal);
        Assert.Contains(identity.Name, app.Value("properties.keyVaultReferenceIdentity"), StringComparison.Ordinal);
        Assert.Equal("UserAssigned", app.Value("identity.type"));
    }

    private static IReadOnlyList<(string Role, string Scope)> Given(IEnumerable<DeployedResource> resources)
        => [.. resources.Where(static r => r.IsDeployed && r.Type == "Microsoft.Authorization/roleAssignments")
            .Select(static a => (RoleOf(a), a.Value("scope")!)).Order()];

    private static string RoleOf(DeployedResource assignment) => assignment.Value("properties.roleDefinitionId")!.Split('/')[^1];

    private IEnumerable<DeployedResource> Assignments() => Deployed.OfType("Microsoft.Authorization/roleAssignments");
}
