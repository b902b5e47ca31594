using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MeetingRecordings.Functions;
using MeetingRecordings.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Deployment.Tests.Infrastructure;

/// <summary>The names of the app's functions and measures, as its assemblies have them.</summary>
internal static partial class AppNames
{
    // What the app is to measure with a peek. Until it does, a query that asks for them finds nothing.
    private static readonly string[] Promised = ["meeting_recordings.queue.messages", "meeting_recordings.queue.oldest"];

    public static IReadOnlySet<string> Functions { get; } = typeof(FetchRecordings).Assembly.GetTypes()
        .SelectMany(static t => t.GetMethods())
        .Select(static m => m.GetCustomAttribute<FunctionAttribute>()?.Name)
        .OfType<string>()
        .ToHashSet();

    public static IReadOnlySet<string> Measures { get; } = ReadMeasures();

    /// <summary>Asserts that a query names no function and no measure that the app does not have.</summary>
    public static void AssertKnown(string query)
        => Assert.All(Name().Matches(query).Select(static m => m.Groups[1].Value), static name =>
            Assert.Contains(name, name.Contains('.', StringComparison.Ordinal) ? Measures.Concat(Promised) : Functions));

    private static HashSet<string> ReadMeasures()
    {
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == RecordingTelemetry.Name)
                {
                    names.Add(instrument.Name);
                }
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(RecordingTelemetry).TypeHandle);
        listener.Start();
        return names;
    }

    [GeneratedRegex("""\b(?:name|operation_Name) == "([^"]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Name();
}
