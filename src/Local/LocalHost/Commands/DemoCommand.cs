using System.CommandLine;
using System.Text.Json;
using LocalHost.Demo;
using LocalHost.Services;
using Spectre.Console;

namespace LocalHost.Commands;

/// <summary>Does the main job once, and shows what came of it.</summary>
internal static class DemoCommand
{
    private const int DefaultMeetings = 20;
    private const int MaxMeetings = 1_000_000;

    private static readonly Option<int> Meetings = CreateMeetings();
    private static readonly Option<bool> Archive = new("--archive") { Description = "Archives the recordings' files and transcripts too." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of tables." };

    public static Command Create()
    {
        var command = new Command("demo", "Pushes encrypted meeting-ended events through the whole pipeline and reads the manifests back.");
        command.Options.Add(Meetings);
        command.Options.Add(Archive);
        command.Options.Add(Json);
        command.SetAction((parsed, cancellationToken) => LocalHostCommand.RunAsync(token => RunAsync(parsed, token), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var meetings = parsed.GetValue(Meetings);
        var json = parsed.GetValue(Json);
        Action installing = json ? static () => { } : static () => Console.WriteLine("Installing Azurite from npm, once ...");
        await using var services = await LocalServices.StartAsync(
            new LocalServicesOptions(ServicePorts.AnyFree) { Installing = installing },
            cancellationToken);

        var (result, manifests) = await WithProgressAsync(json, async progress =>
        {
            var run = new DemoRun(services, parsed.GetValue(Archive) ? new DemoArchive(services.Blobs!.ConnectionString) : null, progress);
            return (await run.RunAsync(meetings, cancellationToken), run.Manifests);
        });

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, DemoJsonContext.Default.DemoResult));
        }
        else
        {
            DemoReport.Print(AnsiConsole.Console, result, [.. manifests.Values]);
        }

        return result.Lost == 0 && result.NotArchived == 0 ? 0 : 1;
    }

    private static Task<T> WithProgressAsync<T>(bool silent, Func<IDemoProgress, Task<T>> run)
        => silent ? run(new NoProgress())
            : AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
                ? AnsiConsole.Progress().StartAsync(context => run(new TerminalProgress(context)))
                : run(new PlainProgress(Console.Out));

    private static Option<int> CreateMeetings()
    {
        var option = new Option<int>("--meetings") { Description = "How many meetings end.", DefaultValueFactory = static _ => DefaultMeetings };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var count) || count is < 1 or > MaxMeetings))
            {
                result.AddError($"--meetings: expected a number from 1 to {MaxMeetings}.");
            }
        });
        return option;
    }
}
