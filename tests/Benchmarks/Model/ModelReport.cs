using System.Globalization;

namespace Benchmarks.Model;

/// <summary>The model's tables, in Markdown.</summary>
internal static class ModelReport
{
    private const int HorizonDays = 3;
    private const int WorkdaysPerMonth = 22;
    private const double FreeCalls = 5_000;
    private const double ProfessionalCalls = 200_000;

    /// <summary>What one step costs, and one meeting.</summary>
    public static void PrintCosts(TextWriter output, MeetingMix mix)
    {
        output.WriteLine("| step | DingTalk calls | Service Bus credits | Service Bus operations | blob writes | blob reads | executions |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        Row("notification accepted", LookCost.Notification);
        Row("look: not recorded", LookCost.NotRecorded);
        Row("look: not ready yet", LookCost.NotReadyYet);
        Row("look: videos", LookCost.Recorded);
        Row("second look: nothing new", LookCost.SecondLook);
        Row(Text($"**a meeting** ({mix.RecordedShare:P0} recorded, {mix.NotReadyLooks:0.#} look too early)"), mix.PerMeeting);

        void Row(string step, LookCost cost) => output.WriteLine(Text(
            $"| {step} | {cost.DingTalkCalls:0.##} | {cost.Credits:0.##} | {cost.Operations:0.##} | {cost.Writes:0.##} | {cost.Reads:0.##} | {cost.Executions:0.##} |"));
    }

    /// <summary>What months of meetings cost, and which quota they need.</summary>
    public static void PrintMonths(TextWriter output, MeetingMix mix, Prices prices, IReadOnlyList<double> meetingsPerDay)
    {
        output.WriteLine("| meetings a working day | DingTalk calls a month | quota that holds them | Azure, $ a month | $ per 1,000 meetings |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var meetings in meetingsPerDay)
        {
            var month = meetings * WorkdaysPerMonth;
            var calls = mix.PerMeeting.DingTalkCalls * month;
            var quota = calls <= FreeCalls ? "Standard (5,000)" : calls <= ProfessionalCalls ? "Professional (200,000)" : "none of the listed ones: to be agreed with DingTalk";
            var cost = prices.Monthly(month, mix.PerMeeting);
            output.WriteLine(Text($"| {meetings:N0} | {calls:N0} | {quota} | {cost:N0} | {cost / month * 1000:0.000} |"));
        }
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
