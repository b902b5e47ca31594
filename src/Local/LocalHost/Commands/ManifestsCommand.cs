using System.CommandLine;
using System.Globalization;
using MeetingRecordings;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Operators;
using MeetingRecordings.Manifests;
using Spectre.Console;

namespace LocalHost.Commands;

/// <summary>Shows one manifest, or lists them.</summary>
internal static class ManifestsCommand
{
    private static readonly Argument<string?> ConferenceId = new("conference-id") { Description = "The conference whose manifest to print.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<ManifestStatus?> Status = new("--status") { Description = "recorded or notRecorded." };
    private static readonly Option<string> EndedOn = new("--ended-on") { Description = "A day (UTC) such as 2026-11-23, or a range such as 2026-11-01..2026-11-30." };
    private static readonly Option<string> CorpId = new("--corp-id") { Description = "The organisation." };
    private static readonly Option<string> Title = new("--title") { Description = "What the meeting's title contains, in capitals or not." };
    private static readonly Option<string> From = new("--from") { Description = "Where to go on: what an earlier page gave as next." };
    private static readonly Option<int> Max = OperatorCommand.MaxOption("The most manifests to list.");

    public static Command Create()
    {
        var command = new Command("manifests", "Prints a conference's manifest, or lists manifests.");
        command.Arguments.Add(ConferenceId);
        foreach (var option in (Option[])[Status, EndedOn, CorpId, Title, Max, From, OperatorCommand.Json])
        {
            command.Options.Add(option);
        }

        OperatorCommand.SetAction(command, static (services, settings) => services.AddManifestTools(settings), RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var catalog = services.GetRequiredService<ManifestCatalog>();
        if (parsed.GetValue(ConferenceId) is { } conferenceId)
        {
            var manifest = await catalog.GetAsync(conferenceId, cancellationToken)
                ?? throw new LocalHostException($"There is no manifest of {conferenceId} yet.");
            Console.WriteLine(PrintableText.LinesOf(manifest.ToString()));
            return 0;
        }

        var filter = new ManifestFilter { Status = parsed.GetValue(Status), CorpId = parsed.GetValue(CorpId), Title = parsed.GetValue(Title) };
        if (parsed.GetValue(EndedOn) is { } days && !filter.TryWithEndedOn(days, out filter))
        {
            throw new LocalHostException("--ended-on: expected a day such as 2026-11-23, or a range such as 2026-11-01..2026-11-30.");
        }

        var max = parsed.GetValue(Max);
        var page = new ManifestPage([], parsed.GetValue(From));
        do
        {
            var more = await catalog.ListAsync(filter, max - page.Manifests.Count, page.Next, cancellationToken)
                ?? throw new LocalHostException("--from: expected what an earlier page gave as next.");
            page = more with { Manifests = [.. page.Manifests, .. more.Manifests] };
        }
        while (page.Next is not null && page.Manifests.Count < max);

        Print(page, parsed.GetValue(OperatorCommand.Json));
        return 0;
    }

    private static void Print(ManifestPage page, bool json)
    {
        if (json)
        {
            Console.WriteLine(OperatorJson.Serialize(page));
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("Conference", "Title", "Started (UTC)", "Ended on", "Status", "Videos");
        foreach (var manifest in page.Manifests)
        {
            var started = manifest.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            string?[] cells = [manifest.ConferenceId, manifest.Title, started, manifest.EndedOn, manifest.Status, $"{manifest.Videos}"];
            table.AddRow([.. cells.Select(static text => new Text(PrintableText.Of(text) ?? ""))]);
        }

        OperatorCommand.Console.Write(table);
        OperatorCommand.Console.WriteLine(page.Next is { } next ? $"There are more: --from {PrintableText.Of(next)}" : $"{Counted.Of(page.Manifests.Count, "manifest")}.");
    }
}
