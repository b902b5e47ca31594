using System.Diagnostics;
using Azure.Storage.Blobs;
using DingTalkSimulator;
using DingTalkSimulator.Pushing;
using LocalHost.Hosting;
using LocalHost.Services;
using LocalHost.Settings;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace LocalHost.Demo;

/// <summary>The main job on real bytes: meetings end in the simulator, and their manifests are read back from Blob Storage.</summary>
/// <param name="services">What the functions need, all on this machine.</param>
/// <param name="archive">Knows what is archived; null where nothing is to be.</param>
/// <param name="progress">Is told how far it has come.</param>
internal sealed class DemoRun(LocalServices services, DemoArchive? archive, IDemoProgress progress)
{
    private const string Container = "manifests";
    private const string Queue = "conferences";
    private const string PoisonQueue = "conferences-poison";
    private const int ConcurrentPushes = 32;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // With no message settled for so long, nothing more will come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The manifests that were found, by conference.</summary>
    public IReadOnlyDictionary<string, StoredManifest> Manifests { get; private set; } = new Dictionary<string, StoredManifest>();

    /// <summary>Runs.</summary>
    /// <param name="meetings">How many meetings end.</param>
    /// <param name="cancellationToken">Gives the run up.</param>
    public async Task<DemoResult> RunAsync(int meetings, CancellationToken cancellationToken)
    {
        await using var host = await FunctionHost.StartAsync(
            new FunctionHostOptions(LocalSettings.Only(Settings())) { Logging = static logging => logging.AddLocalConsole(LogLevel.Warning) },
            cancellationToken);
        services.PushTo(host.BaseAddress);
        progress.Say($"Functions at {host.BaseAddress}");

        var tenant = services.DingTalk!.Tenant;
        var conferences = Enumerable.Range(0, meetings)
            .Select(index => archive is null ? tenant.AddConference() : DemoArchive.Add(tenant, index)).ToList();
        var watch = Stopwatch.StartNew();
        await PushAsync(conferences, cancellationToken);
        await DrainAsync(meetings, cancellationToken);
        var (files, transcripts) = await WaitForArchiveAsync(conferences, cancellationToken);
        Manifests = await ReadBackAsync(cancellationToken);
        watch.Stop();

        var complete = conferences.Count(IsComplete);
        var (poisoned, deadLettered) = (services.ServiceBus!.CountsOf(PoisonQueue).Active, services.ServiceBus.CountsOf(Queue).DeadLettered);
        return new DemoResult(
            meetings,
            complete,
            poisoned,
            deadLettered,
            Math.Max(0, meetings - complete - poisoned - deadLettered),
            watch.ElapsedMilliseconds,
            [.. Manifests.Values.Select(static m => m.Name)])
        {
            RecordingsArchived = archive is null ? null : files,
            Transcripts = archive is null ? null : transcripts,
            NotArchived = archive is null ? 0 : conferences.Sum(static conference => conference.Videos.Count) - files + meetings - transcripts,
        };
    }

    private Dictionary<string, string?> Settings() => new(services.Settings.Concat(archive is null ? [] : DemoArchive.Settings));

    private async Task PushAsync(List<SimulatedConference> conferences, CancellationToken cancellationToken)
    {
        var pushed = 0;
        await Parallel.ForEachAsync(
            conferences,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentPushes, CancellationToken = cancellationToken },
            async (conference, token) =>
            {
                foreach (var kind in Events())
                {
                    var push = await services.DingTalk!.Pusher.PushAsync(kind, conference.Id, null, token);
                    if (!push.Delivered)
                    {
                        progress.Say($"The push of {conference.Id} was not accepted: {push.Detail}");
                    }
                }

                progress.Advance("Pushed", Interlocked.Increment(ref pushed), conferences.Count);
            });
    }

    private PushedEvent[] Events() => archive is null
        ? [PushedEvent.MeetingEnded, PushedEvent.VideoGenerated]
        : [PushedEvent.MeetingEnded, PushedEvent.VideoGenerated, PushedEvent.SummaryGenerated];

    private async Task<(int Files, int Transcripts)> WaitForArchiveAsync(
        List<SimulatedConference> conferences, CancellationToken cancellationToken)
    {
        if (archive is null)
        {
            return (0, 0);
        }

        var wanted = conferences.Sum(static conference => conference.Videos.Count) + conferences.Count;
        var last = (Files: 0, Transcripts: 0);
        for (var idle = Stopwatch.StartNew(); idle.Elapsed < Patience;)
        {
            var counted = await archive.CountAsync(conferences, cancellationToken);
            progress.Advance("Archived", counted.Files + counted.Transcripts, wanted);
            if (counted.Files + counted.Transcripts >= wanted)
            {
                return counted;
            }

            (last, idle) = counted == last ? (last, idle) : (counted, Stopwatch.StartNew());
            await Task.Delay(PollInterval, cancellationToken);
        }

        return last;
    }

    private async Task DrainAsync(int meetings, CancellationToken cancellationToken)
    {
        var last = long.MaxValue;
        for (var idle = Stopwatch.StartNew(); idle.Elapsed < Patience;)
        {
            var counts = services.ServiceBus!.CountsOf(Queue);
            var waiting = counts.Active + counts.Locked;
            progress.Advance("Fetched", meetings - (int)Math.Min(meetings, waiting), meetings);
            if (waiting == 0)
            {
                return;
            }

            if (waiting != last)
            {
                (last, idle) = (waiting, Stopwatch.StartNew());
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private async Task<Dictionary<string, StoredManifest>> ReadBackAsync(CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(services.Blobs!.ConnectionString, Container);
        var found = new Dictionary<string, StoredManifest>();
        if (await container.ExistsAsync(cancellationToken))
        {
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken)).Value.Content;
                var manifest = ManifestJson.Deserialize(content.ToMemory().Span, EndedAtSource.Event);
                found[manifest.ConferenceId] = new StoredManifest(blob.Name, content.ToString(), manifest);
            }
        }

        return found;
    }

    private bool IsComplete(SimulatedConference conference)
        => Manifests.TryGetValue(conference.Id, out var stored)
            && stored.Manifest.Videos.Select(static v => v.MediaId).ToHashSet().SetEquals(conference.Videos.Select(static v => v.MediaId));
}
