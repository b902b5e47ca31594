using ScottPlot;
using ScottPlot.TickGenerators;

namespace Benchmarks.Model;

/// <summary>The looks that wait over the day, as a picture.</summary>
internal static class BacklogChart
{
    private const int Width = 900;
    private const int Height = 640;
    private const int MinutesPerHour = 60;
    private const int MinutesPerPoint = 5;
    private const int HoursShown = 36;
    private const int Decades = 8;

    /// <summary>Draws and saves it.</summary>
    /// <param name="file">The SVG file.</param>
    /// <param name="days">What to draw.</param>
    public static void Save(string file, IEnumerable<(double Meetings, Limits Limits, DayResult Day)> days)
    {
        using var plot = new Plot();
        foreach (var (meetings, limits, day) in days)
        {
            var waiting = day.Backlog.Take(HoursShown * MinutesPerHour).Chunk(MinutesPerPoint).Select(static minutes => minutes.Max()).Select(static looks => Math.Log10(Math.Max(1, looks))).ToArray();
            var hours = Enumerable.Range(0, waiting.Length).Select(static point => point * MinutesPerPoint / (double)MinutesPerHour).ToArray();
            var line = plot.Add.ScatterLine(hours, waiting);
            line.LegendText = FormattableString.Invariant($"{meetings:N0} a day, {limits.Name}");
            line.LineWidth = 2;
        }

        plot.Title("Looks that are due and wait");
        plot.XLabel("hour since midnight");
        plot.YLabel("looks (logarithmic)");
        plot.Axes.SetLimits(0, HoursShown, 0, Decades);
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(4);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, Decades).Select(static decade => (double)decade)],
            [.. Enumerable.Range(0, Decades).Select(static decade => FormattableString.Invariant($"{Math.Pow(10, decade):N0}"))]);
        plot.ShowLegend(Edge.Bottom);
        plot.SaveSvg(file, Width, Height);
    }
}
