using System.Globalization;
using DingTalkSimulator;
using Support;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>An operator back-fills a list by LocalHost's command, until that says that all is done.</summary>
internal sealed class ListIsBackFilled : Scenario, IDisposable
{
    private const int Meetings = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string List => Path.Combine(_folder.FullName, "ids.csv");

    public override Task PrepareAsync(CrashSite site) => File.WriteAllLinesAsync(
        List,
        Enumerable.Range(0, Meetings).Select(_ => site.Doom(Doomed.Ending.Manifest)).Select(static conference => string.Join(
            ',',
            conference.Id,
            conference.CreatorUnionId,
            DevelopmentCredentials.CorpId,
            conference.EndedAt.ToString("O", CultureInfo.InvariantCulture))),
        TestContext.Current.CancellationToken);

    public override ChildProcess Start(CrashSite site) => site.Start("backfill", "--from", List);

    public override Task<Uri?> AddressOfAsync(ChildProcess process) => Task.FromResult<Uri?>(null);

    // The process does it all by itself.
    public override Task WorkAsync(CrashSite site) => Task.CompletedTask;

    public override async Task FinishAsync(CrashSite site)
    {
        await using var command = Start(site);
        Assert.Equal(0, await command.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"{Meetings} enqueued, 0 had been before, 0 lines cannot be used.", command.Output[^1]);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
