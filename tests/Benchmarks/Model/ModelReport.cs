using System.Globalization;

namespace Benchmarks.Model;

/// <summary>The model's tables, in Markdown.</summary>
internal static class ModelReport
{
    private const int HorizonDays = 3;

    /// <summary>What one step costs, and one meeting.</summary>
    public static void PrintCosts(TextWriter output, MeetingMix mix)
    {
        output.WriteLine("| step | DingTalk calls | Service Bus credits | Service Bus operations | blob writes | blob reads | executions |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        Row("notification accepted", LookCost.Notification);
        Row("look: not recorded", LookCost.NotRecorded);
        Row("look: an announced video", LookCost.Announced);
        Row("look: the end, recorded", LookCost.Ended);
        Row("look: the summary, the watch", LookCost.Unneeded);
        Row("**a recorded meeting**", new MeetingMix(1).PerMeeting);
        Row("**one that nobody recorded**", new MeetingMix(0).PerMeeting);
        Row(Text($"**a meeting**, {mix.RecordedShare:P0} recorded"), mix.PerMeeting);

        void Row(string step, LookCost cost) => output.WriteLine(Text(
            $"| {step} | {cost.DingTalkCalls:0.##} | {cost.Credits:0.##} | {cost.Operations:0.##} | {cost.Writes:0.##} | {cost.Reads:0.##} | {cost.Executions:0.##} |"));
    }

    /// <summary>How days go.</summary>
    public static void PrintDays(TextWriter output, IEnumerable<(double Meetings, Limits Limits, DayResult Day)> days)
    {
        output.WriteLine("| meetings a day | limits | most looks waiting | longest lag | mean lag | all done |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var (meetings, limits, day) in days)
        {
            output.WriteLine(Text(
                $"| {meetings:N0} | {limits.Name} | {day.WorstBacklog:N0} | {Lag(day.WorstLag)} | {Lag(day.MeanLag)} | {(day.DrainedAt is { } at ? Clock(at) : $"not within {HorizonDays} days")} |"));
        }
    }

    private static string Lag(TimeSpan lag)
        => lag.TotalSeconds < 1 ? "under 1 s"
            : lag.TotalMinutes < 2 ? Text($"{lag.TotalSeconds:N0} s")
            : lag.TotalHours < 2 ? Text($"{lag.TotalMinutes:N0} min")
            : Text($"{lag.TotalHours:N1} h");

    private static string Clock(TimeSpan time) => Text($"{(time.Days > 0 ? $"day {time.Days + 1}, " : "")}{time:hh\\:mm}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
