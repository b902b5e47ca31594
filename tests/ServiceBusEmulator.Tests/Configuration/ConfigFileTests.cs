using ServiceBusEmulator.Configuration;

namespace ServiceBusEmulator.Tests.Configuration;

public class ConfigFileTests
{
    [Fact]
    public void Microsofts_format_is_read()
    {
        var queue = Assert.Single(Parse("""
            {
              "UserConfig": {
                "Namespaces": [
                  {
                    "Name": "sbemulatorns",
                    "Queues": [
                      {
                        "Name": "queue.1",
                        "Properties": {
                          "DeadLetteringOnMessageExpiration": true,
                          "DefaultMessageTimeToLive": "PT1H",
                          "DuplicateDetectionHistoryTimeWindow": "PT20S",
                          "ForwardDeadLetteredMessagesTo": "",
                          "ForwardTo": "",
                          "LockDuration": "PT1M30S",
                          "MaxDeliveryCount": 3,
                          "RequiresDuplicateDetection": true,
                          "RequiresSession": false
                        }
                      }
                    ],
                    "Topics": []
                  }
                ],
                "Logging": { "Type": "File" }
              }
            }
            """));

        Assert.Equal(
            new QueueOptions("queue.1")
            {
                DeadLetteringOnMessageExpiration = true,
                DefaultMessageTimeToLive = TimeSpan.FromHours(1),
                DuplicateDetectionHistoryTimeWindow = TimeSpan.FromSeconds(20),
                LockDuration = TimeSpan.FromSeconds(90),
                MaxDeliveryCount = 3,
                RequiresDuplicateDetection = true,
            },
            queue);
    }

    [Fact]
    public void What_is_left_out_has_azures_defaults()
    {
        var queue = Assert.Single(Parse("""{ "UserConfig": { "Namespaces": [ { "Queues": [ { "Name": "q" } ] } ] } }"""));

        Assert.Equal(new QueueOptions("q"), queue);
        Assert.Equal((TimeSpan.FromMinutes(1), 10, TimeSpan.MaxValue), (queue.LockDuration, queue.MaxDeliveryCount, queue.DefaultMessageTimeToLive));
    }

    [Theory]
    [InlineData("{", "Config.json")]
    [InlineData("{}", "Namespaces")]
    [InlineData("""{ "UserConfig": { "Namespaces": [ { "Queues": [ { } ] } ] } }""", "Name")]
    [InlineData("""{ "UserConfig": { "Namespaces": [ { "Queues": [ { "Name": "q", "Properties": { "LockDuration": "1 min" } } ] } ] } }""", "'1 min'")]
    [InlineData("""{ "UserConfig": { "Namespaces": [ { "Queues": [ { "Name": "q", "Properties": { "RequiresSession": true } } ] } ] } }""", "sessions")]
    [InlineData("""{ "UserConfig": { "Namespaces": [ { "Queues": [ { "Name": "q", "Properties": { "ForwardTo": "r" } } ] } ] } }""", "forwarding")]
    [InlineData("""{ "UserConfig": { "Namespaces": [ { "Name": "n", "Topics": [ { "Name": "t" } ] } ] } }""", "topics")]
    public void What_is_wrong_or_not_offered_is_named(string json, string named)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Parse(json));

        Assert.Contains(named, exception.Message);
        Assert.StartsWith("Config.json: ", exception.Message);
    }

    private static IReadOnlyList<QueueOptions> Parse(string json) => ConfigFile.Parse(json, "Config.json").Queues;
}
