using System.Diagnostics.Metrics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Functions.Tests.Failed;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class QueueGaugesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    // The meter is one for the whole process, so other tests are heard too.
    private readonly string _conferences = $"conferences-{Guid.NewGuid():N}";
    private readonly string _poison = $"poison-{Guid.NewGuid():N}";
    private readonly Dictionary<string, ReceiverDouble> _parts;

    public QueueGaugesTests()
        => _parts = new()
        {
            [$"{_conferences}/{SubQueue.None}"] = new(),
            [$"{_conferences}/{SubQueue.DeadLetter}"] = new(),
            [$"{_poison}/{SubQueue.None}"] = new(),
            [$"{_poison}/{SubQueue.DeadLetter}"] = new(),
        };

    [Fact]
    public async Task What_lies_in_the_queues_is_measured_by_queue_and_state_with_the_age_of_the_oldest_that_is_due()
    {
        Add(_conferences, SubQueue.None, 1, Now.AddMinutes(-3));
        Add(_conferences, SubQueue.None, 2, Now.AddMinutes(-7));
        Add(_conferences, SubQueue.None, 3, Now.AddHours(1), ServiceBusMessageState.Scheduled);
        Add(_conferences, SubQueue.DeadLetter, 1, Now.AddDays(-2));
        Add(_poison, SubQueue.None, 1, Now.AddDays(-1));

        Assert.Equal(
            [
                $"{_conferences} active 2", $"{_conferences} dead-lettered 1", $"{_conferences} oldest 420", $"{_conferences} scheduled 1",
                $"{_poison} active 1", $"{_poison} dead-lettered 0", $"{_poison} oldest 86400", $"{_poison} scheduled 0",
            ],
            await MeasureAsync());
    }

    [Fact]
    public async Task An_empty_queue_measures_zero_and_not_nothing_so_that_an_alert_ends()
        => Assert.All(await MeasureAsync(), static measured => Assert.EndsWith(" 0", measured, StringComparison.Ordinal));

    [Fact]
    public async Task Ten_thousand_are_counted_and_no_more()
    {
        foreach (var id in Enumerable.Range(1, QueueSurvey.MaxCounted + 10))
        {
            Add(_poison, SubQueue.None, id, Now);
        }

        Assert.Contains($"{_poison} active {QueueSurvey.MaxCounted}", await MeasureAsync());
    }

    private void Add(
        string queue, SubQueue part, long id, DateTimeOffset enqueuedAt, ServiceBusMessageState state = ServiceBusMessageState.Active)
        => _parts[$"{queue}/{part}"].Add(id, enqueuedAt: enqueuedAt, state: state);

    private async Task<IReadOnlyList<string>> MeasureAsync()
    {
        var client = new Mock<ServiceBusClient>();
        client.Setup(c => c.CreateReceiver(It.IsAny<string>(), It.IsAny<ServiceBusReceiverOptions>()))
            .Returns<string, ServiceBusReceiverOptions>((queue, options) => _parts[$"{queue}/{options.SubQueue}"]);
        var settings = new ServiceBusSettings(Mock.Of<IConfiguration>(), _conferences, _poison, "recordings");
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == RecordingTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Note($"{Tag(tags, "state")} {value}", tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Note($"oldest {value}", tags));
        listener.Start();

        await new QueueGauges(new QueueSurvey(client.Object, settings), settings, new FakeTimeProvider(Now))
            .MeasureAsync(TestContext.Current.CancellationToken);

        lock (measured)
        {
            return [.. measured.Order(StringComparer.Ordinal)];
        }

        void Note(string what, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Tag(tags, "queue") is { } queue && (queue == _conferences || queue == _poison))
            {
                lock (measured)
                {
                    measured.Add($"{queue} {what}");
                }
            }
        }
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value as string;
            }
        }

        return null;
    }
}
