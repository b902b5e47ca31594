using System.CommandLine;
using LocalHost.Hosting;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Operators;

namespace LocalHost.Commands;

/// <summary>Erases everything that is kept of conferences.</summary>
internal static class EraseCommand
{
    private static readonly Option<string[]> ConferenceIds = CreateConferenceIds();
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only says what would be erased." };

    public static Command Create()
    {
        var command = new Command("erase", "Erases a conference's manifest, with versions and snapshots, what is archived of it, and its messages in every queue.");
        foreach (var option in (Option[])[ConferenceIds, DryRun, OperatorCommand.Json])
        {
            command.Options.Add(option);
        }

        OperatorCommand.SetAction(
            command,
            static (services, settings) =>
            {
                services.AddErasure(settings);

                // Who erased what must not be lost with it.
                services.AddLogging(static logging => logging.AddLocalConsole(LogLevel.Warning));
            },
            RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var erasure = services.GetRequiredService<Erasure>();
        var dryRun = parsed.GetValue(DryRun);
        var reports = new List<ErasureReport>();
        foreach (var conferenceId in parsed.GetRequiredValue(ConferenceIds).Distinct())
        {
            reports.Add(await erasure.EraseAsync(conferenceId, dryRun, Asker.ThisUser, cancellationToken));
        }

        if (parsed.GetValue(OperatorCommand.Json))
        {
            Console.WriteLine(OperatorJson.Serialize(reports));
        }
        else
        {
            reports.ForEach(Print);
        }

        return dryRun || reports.All(static report => report.IsClean) ? 0 : 1;
    }

    private static void Print(ErasureReport report)
    {
        Console.WriteLine($"Conference {report.ConferenceId}:");
        foreach (var place in report.Places.Where(static place => place.Found > 0))
        {
            Console.WriteLine(report.DryRun ? $"  {place.Found} {place.Place}" : $"  {place.Erased} of {place.Found} {place.Place}");
        }

        Console.WriteLine(report switch
        {
            { Places: var places } when places.All(static place => place.Found == 0) => "  Nothing is kept of it.",
            { DryRun: true } => "  Nothing was erased: this was a dry run.",
            { IsClean: true } => "  All of it is erased.",
            _ => "  Some of it is under way or out of reach: run it again in a minute.",
        });
    }

    private static Option<string[]> CreateConferenceIds()
    {
        var option = new Option<string[]>("--conference-id")
        {
            Description = "The conference; may be given several times.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => !Identifiers.IsConferenceId(token.Value)))
            {
                result.AddError($"--conference-id: expected {Identifiers.ConferenceIdGrammar}.");
            }
        });
        return option;
    }
}
