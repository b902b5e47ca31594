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
    public static IReadOnlySet<string> Functions { get; } = typeof(FetchRecordings).Assembly.GetTypes()
        .SelectMany(static t => t.GetMethods())
        .Select(static m => m.GetCustomAttribute<FunctionAttribute>()?.Name)
        .OfType<string>()
        .ToHashSet();

    public static IReadOnlySet<string> Measures { get; } = ReadMeasures();

    private static IReadOnlyList<Regex> Routes { get; } =
    [
        .. typeof(FetchRecordings).Assembly.GetTypes().SelectMany(static t => t.GetMethods()).SelectMany(static m => m.GetParameters())
            .SelectMany(static p => p.GetCustomAttributes(false).OfType<HttpTriggerAttribute>()).Select(static t => $"/api/{t.Route}")
            .Select(static r => new Regex($"^{Regex.Replace(Regex.Escape(r), @"\\\{[^}]+}", "[^/]+")}$")),
    ];

    /// <summary>Asserts that a query names no function and no measure that the app does not have.</summary>
    public static void AssertKnown(string query)
        => Assert.All(Name().Matches(query).Select(static m => m.Groups[1].Value), static name =>
            Assert.Contains(name, name.Contains('.', StringComparison.Ordinal) ? Measures : Functions));

    /// <summary>Asserts that a function answers at a path.</summary>
    /// <param name="path">Such as <c>/api/health</c>.</param>
    public static void AssertRoute(string path) => Assert.Contains(Routes, route => route.IsMatch(path));

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
