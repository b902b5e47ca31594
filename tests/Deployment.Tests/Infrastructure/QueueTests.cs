using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml;
using Azure.Messaging.ServiceBus;
using LocalHost.Services;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions;
using MeetingRecordings.Functions.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ServiceBusEmulator;

namespace Deployment.Tests.Infrastructure;

public sealed class QueueTests(Deployed deployed) : DeployedTest(deployed)
{
    // Microsoft's emulator refuses a higher maximum of deliveries.
    private const int MostEmulated = 10;

    [BicepFact]
    public void The_conference_queue_has_the_properties_that_the_app_counts_on()
    {
        var queue = Queue("conferences");

        Assert.Equal("true", queue.Value("properties.requiresDuplicateDetection"));
        Assert.Equal("PT10M", queue.Value("properties.duplicateDetectionHistoryTimeWindow"));
        Assert.Equal("PT1M", queue.Value("properties.lockDuration"));
        Assert.Equal("10", queue.Value("properties.maxDeliveryCount"));
        Assert.Equal("true", queue.Value("properties.deadLetteringOnMessageExpiration"));
        Assert.Equal("5120", queue.Value("properties.maxSizeInMegabytes"));
    }

    [BicepFact]
    public void A_message_outlives_the_longest_lineage()
        => Assert.True(XmlConvert.ToTimeSpan(Queue("conferences").Value("properties.defaultMessageTimeToLive")!) > new RecoveryOptions().MaxAge);

    [BicepFact]
    public void The_poison_queue_keeps_a_message_until_its_end_and_makes_no_dead_letter_that_has_none()
    {
        var queue = Queue("conferences-poison");

        Assert.Equal("P90D", queue.Value("properties.defaultMessageTimeToLive"));
        Assert.Equal("false", queue.Value("properties.deadLetteringOnMessageExpiration"));
        Assert.Equal("true", queue.Value("properties.requiresDuplicateDetection"));
        Assert.Equal("1024", queue.Value("properties.maxSizeInMegabytes"));
    }

    [BicepFact]
    public void A_recordings_message_is_locked_for_longer_than_a_slice_of_its_file_takes()
        => Assert.True(
            XmlConvert.ToTimeSpan(Queue("recordings").Value("properties.lockDuration")!) > MeetingRecordings.Archiving.RecordingArchiver.LongestSlice);

    [BicepFact]
    public void The_emulator_of_this_repository_has_the_same_queues()
    {
        QueueOptions[] local =
            [LocalQueues.Conferences("conferences"), LocalQueues.Poison("conferences-poison"), LocalQueues.Recordings("recordings")];

        Assert.Equal(Queues().Select(static q => q.Name.Split('/')[^1]).Order(), local.Select(static q => q.Name).Order());
        Assert.All(local, q =>
        {
            var made = Queue(q.Name);
            Assert.Equal(made.Value("properties.lockDuration"), XmlConvert.ToString(q.LockDuration));
            Assert.Equal(made.Value("properties.maxDeliveryCount"), q.MaxDeliveryCount.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(made.Value("properties.requiresDuplicateDetection"), XmlConvert.ToString(q.RequiresDuplicateDetection));
            Assert.Equal(made.Value("properties.defaultMessageTimeToLive"), XmlConvert.ToString(q.DefaultMessageTimeToLive));
            Assert.Equal(made.Value("properties.deadLetteringOnMessageExpiration"), XmlConvert.ToString(q.DeadLetteringOnMessageExpiration));
        });
    }

    [BicepFact]
    public void There_are_these_three_queues_and_no_other()
        => Assert.Equal(["conferences", "conferences-poison", "recordings"], Queues().Select(static q => q.Name.Split('/')[^1]).Order());

    [BicepFact]
    public async Task The_app_sends_to_queues_that_are_made()
    {
        await using var provider = AppUnderDeployedSettings.Build(Deployed);
        var made = Queues().Select(static q => q.Name.Split('/')[^1]).ToHashSet();

        Assert.Contains(SenderOf(provider.GetRequiredService<BatchingSender>()).EntityPath, made);
        Assert.Contains(SenderOf(provider.GetRequiredService<PoisonQueue>()).EntityPath, made);
    }

    [BicepFact]
    public void The_app_is_triggered_by_queues_that_are_made()
    {
        var settings = AppUnderDeployedSettings.Settings(Deployed);
        var made = Queues().Select(static q => q.Name.Split('/')[^1]).ToHashSet();
        var triggers = typeof(FetchRecordings).Assembly.GetTypes()
            .SelectMany(static t => t.GetMethods())
            .SelectMany(static m => m.GetParameters())
            .Select(static p => p.GetCustomAttribute<ServiceBusTriggerAttribute>())
            .OfType<ServiceBusTriggerAttribute>()
            .ToList();

        Assert.NotEmpty(triggers);
        Assert.All(triggers, t => Assert.Contains(settings[t.QueueName!.Trim('%')], made));
        Assert.All(triggers, t => Assert.Contains($"{t.Connection}__fullyQualifiedNamespace", settings.Keys));
    }

    [BicepFact]
    public void Microsofts_emulator_gets_the_same_queues()
    {
        var emulated = JsonNode.Parse(Repository.Read("docker/servicebus-emulator.json"))!["UserConfig"]!["Namespaces"]![0]!["Queues"]!.AsArray();

        Assert.Equal(Queues().Select(static q => q.Name.Split('/')[^1]).Order(), emulated.Select(static q => (string)q!["Name"]!).Order());
        Assert.All(emulated, q =>
        {
            var made = Queue((string)q!["Name"]!);
            var properties = q["Properties"]!;
            Assert.Equal(made.Value("properties.lockDuration"), (string)properties["LockDuration"]!);
            Assert.Equal(Math.Min(int.Parse(made.Value("properties.maxDeliveryCount")!, CultureInfo.InvariantCulture), MostEmulated), (int)properties["MaxDeliveryCount"]!);
            Assert.Equal(made.Value("properties.requiresDuplicateDetection"), properties["RequiresDuplicateDetection"]!.ToString());
            Assert.Equal(made.Value("properties.deadLetteringOnMessageExpiration"), properties["DeadLetteringOnMessageExpiration"]!.ToString());
        });
    }

    private static ServiceBusSender SenderOf(object owner)
        => (ServiceBusSender)owner.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Single(static f => f.FieldType == typeof(ServiceBusSender))
            .GetValue(owner)!;

    private IEnumerable<DeployedResource> Queues() => Deployed.OfType("Microsoft.ServiceBus/namespaces/queues");

    private DeployedResource Queue(string name) => Queues().Single(q => q.Name.EndsWith($"/{name}", StringComparison.Ordinal));
}
