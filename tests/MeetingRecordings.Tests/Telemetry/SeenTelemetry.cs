using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Tests.Telemetry;

/// <summary>The spans and measurements of the test that created it; other tests' are of other traces.</summary>
internal sealed class SeenTelemetry : IDisposable
{
    private readonly Activity _test;
    private readonly ActivityListener _spans;
    private readonly MeterListener _meters;
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = [];

    public SeenTelemetry()
    {
        _test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RecordingTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == _test.TraceId)
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
        _meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == RecordingTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.Start();
    }

    /// <summary>The spans that have ended, in that order.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <summary>What was measured, each with its tags as <c>name=value</c>, commas between.</summary>
    public IReadOnlyList<(string Name, double Value, string Tags)> Measured => [.. _measured];

    /// <summary>The notifications that were counted, and what became of them.</summary>
    public IReadOnlyList<(double Count, string Tags)> Notifications
        => [.. Measured.Where(static m => m.Name == "meeting_recordings.notifications").Select(static m => (m.Value, m.Tags))];

    public Activity SpanOf(string name) => Assert.Single(Spans, span => span.OperationName == name);

    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
        _test.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Activity.Current?.TraceId == _test.TraceId)
        {
            _measured.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"))));
        }
    }
}
