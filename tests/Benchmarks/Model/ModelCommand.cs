using System.CommandLine;

namespace Benchmarks.Model;

/// <summary>Says on paper what meetings take and how days go, and draws it.</summary>
internal static class ModelCommand
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(3);

    private static readonly (double Meetings, Limits Limits)[] Days =
    [
        (1_000, Limits.Default),
        (100_000, Limits.Default),
        (1_000_000, Limits.Default),
        (1_000_000, Limits.PaidPack),
        (10_000_000, Limits.Default),
        (10_000_000, Limits.OneAddress),
        (10_000_000, Limits.FiveAddresses),
    ];

    private static readonly Option<FileInfo?> Chart = new("--chart") { Description = "The SVG file to draw." };

    public static Command Create()
    {
        var command = new Command("model", "What a conference takes of each service, and a day of meetings against the services' limits.") { Chart };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var mix = new MeetingMix();
        ModelReport.PrintCosts(Console.Out, mix);
        Console.WriteLine();
        var days = Days.Select(day => (day.Meetings, day.Limits, DaySimulation.Run(day.Meetings, mix, day.Limits, Horizon))).ToArray();
        ModelReport.PrintDays(Console.Out, days);
        if (parsed.GetValue(Chart) is { } file)
        {
            BacklogChart.Save(file.FullName, days);
        }

        return 0;
    }
}
