using System.Diagnostics.Metrics;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Tests.Telemetry;

public sealed class RecordingTelemetryTests
{
    [Fact]
    public void A_notification_is_counted_by_its_outcome_and_none_is_not()
    {
        var outcome = $"{Guid.NewGuid()}";

        var measured = Measure(
            () =>
            {
                RecordingTelemetry.Notified(3, outcome);
                RecordingTelemetry.Notified(0, outcome);
            },
            tags => Equals(tags.GetValueOrDefault("outcome"), outcome));

        Assert.Equal([("meeting_recordings.notifications", 3)], measured);
    }

    [Fact]
    public void A_look_is_counted_by_outcome_class_and_action()
    {
        var error = new DingTalkError("permissionError", "no", 404);

        var measured = Measure(
            () => RecordingTelemetry.Looked(
                new LookOutcome.Failed(error), new RecoveryAction.DeadLetter("permissionError", "Grant it.", Failure.Of(error))),
            static tags => tags is { Count: 3 } && (tags["outcome"], tags["class"], tags["action"]) is ("Failed", "UnknownUser", "DeadLetter"));

        Assert.Contains(("meeting_recordings.fetches", 1), measured);
    }

    [Fact]
    public void A_look_without_an_error_has_the_class_None()
    {
        var measured = Measure(
            static () => RecordingTelemetry.Looked(new LookOutcome.NotRecorded(), new RecoveryAction.Finish()),
            static tags => tags is { Count: 3 } && (tags["outcome"], tags["class"], tags["action"]) is ("NotRecorded", "None", "Finish"));

        Assert.Contains(("meeting_recordings.fetches", 1), measured);
    }

    [Fact]
    public void Every_instrument_has_the_name_and_unit_that_operations_documents_and_says_what_it_is()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "MeetingRecordings")
                {
                    instruments.Add(instrument);
                }
            },
        };
        // This makes them, if no other test has.
        Assert.Equal("MeetingRecordings", RecordingTelemetry.Source.Name);
        listener.Start();

        Assert.Equal(
            [
                ("meeting_recordings.archive.bytes", "By"),
                ("meeting_recordings.archive.slices", "{slice}"),
                ("meeting_recordings.dingtalk.call.duration", "s"),
                ("meeting_recordings.dingtalk.calls", "{call}"),
                ("meeting_recordings.dingtalk.month.budget", "{call}"),
                ("meeting_recordings.dingtalk.month.calls", "{call}"),
                ("meeting_recordings.end_to_end", "s"),
                ("meeting_recordings.fetches", "{fetch}"),
                ("meeting_recordings.notifications", "{notification}"),
                ("meeting_recordings.queue.age", "s"),
                ("meeting_recordings.queue.messages", "{message}"),
                ("meeting_recordings.queue.oldest", "s"),
            ],
            instruments.Select(static instrument => (instrument.Name, instrument.Unit!)).Order());
        Assert.All(instruments, static instrument => Assert.False(string.IsNullOrEmpty(instrument.Description)));
    }

    [Theory]
    [InlineData("cloudRecordNotFound%!(EXTRA string=50513)", "cloudRecordNotFound")]
    [InlineData("SYSTEMERROR", "systemError")]
    [InlineData("client.timeout", "client.timeout")]
    [InlineData("something that DingTalk made up", "other")]
    [InlineData(null, "ok")]
    public void A_call_is_counted_by_its_code_without_what_would_make_it_one_of_endlessly_many(string? code, string counted)
    {
        var error = code is null ? null : new DingTalkError(code, "");

        var measured = Measure(
            () => RecordingTelemetry.Called(DingTalkApi.FailedPushes, error, TimeSpan.FromSeconds(1.5)),
            tags => Equals(tags.GetValueOrDefault("api"), "FailedPushes") && (!tags.TryGetValue("code", out var told) || Equals(told, counted)));

        Assert.Contains(("meeting_recordings.dingtalk.calls", 1), measured);
        Assert.Contains(("meeting_recordings.dingtalk.call.duration", 1.5), measured);
    }

    [Fact]
    public void Clocks_that_disagree_give_no_negative_times()
    {
        var measured = Measure(
            () =>
            {
                RecordingTelemetry.LookBegins(TimeSpan.FromSeconds(-7));
                RecordingTelemetry.FirstRecorded(TimeSpan.FromSeconds(-7));
            },
            static _ => true);

        Assert.DoesNotContain(measured, static m => m.Value < 0);
        Assert.Contains(("meeting_recordings.queue.age", 0), measured);
        Assert.Contains(("meeting_recordings.end_to_end", 0), measured);
    }

    // Other tests measure at the same time, so each looks for tags of its own.
    private static List<(string Name, double Value)> Measure(Action action, Func<Dictionary<string, object?>, bool> isWanted)
    {
        var measured = new List<(string, double)>();
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
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = new Dictionary<string, object?>(tags.ToArray());
            if (isWanted(all))
            {
                lock (measured)
                {
                    measured.Add((instrument.Name, value));
                }
            }
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        action();
        return measured;
    }
}
