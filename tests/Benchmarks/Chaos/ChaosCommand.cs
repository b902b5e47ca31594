using System.CommandLine;
using Support.Chaos;

namespace Benchmarks.Chaos;

/// <summary><c>chaos</c>: shows that nothing is lost or doubled, whatever fails and whenever the host is killed.</summary>
internal static class ChaosCommand
{
    private const int MaxMeetings = 100_000;

    /// <summary>Runs the command.</summary>
    /// <returns>0 where every promise was kept.</returns>
    public static Command Create()
    {
        var meetings = NumberOption.Create("--meetings", "How many meetings end.", 10_000, MaxMeetings);
        var seed = new Option<int>("--seed") { Description = "Decides what goes wrong, and when.", DefaultValueFactory = static _ => 1 };
        var command = new Command("chaos", "Lets meetings end while processes are killed, connections cut and answers spoilt; then counts what became of them.") { meetings, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new ChaosRun(new ChaosOptions(parsed.GetValue(meetings), parsed.GetValue(seed)), Console.Out).RunAsync(cancellationToken);
            report.Print(Console.Out);
            return report.IsGood ? 0 : 1;
        });
        return command;
    }
}
