using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;

namespace Support.Chaos;

/// <summary>Counts what a run has come to, by nothing but the blobs, the queues and the simulator's ledger.</summary>
/// <param name="stage">The processes.</param>
/// <param name="meetings">The meetings.</param>
/// <param name="untold">Those whose end no event has told: where conference info refuses to tell it too, nobody knows it.</param>
public sealed class ChaosAudit(ChaosStage stage, IReadOnlyList<(string ConferenceId, Fate Fate)> meetings, IReadOnlySet<string> untold)
{
    private const int MaxDetails = 50;
    private const int Concurrency = 8;

    /// <summary>Counts.</summary>
    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var client = new ServiceBusClient(stage.ServiceBus);
        var poisoned = await Entry.ReadAsync(client, ChaosStage.PoisonQueue, SubQueue.None, cancellationToken);
        var dead = await Entry.ReadAsync(client, ChaosStage.Queue, SubQueue.DeadLetter, cancellationToken);
        var blobs = await ReadBlobsAsync(cancellationToken);
        var (totals, tallies) = await stage.DingTalk.GetLedgerAsync(cancellationToken);
        var delivered = tallies
            .Where(static tally => tally.Totals.PushesDelivered > 0)
            .Select(static tally => tally.ConferenceId)
            .ToHashSet();
        var (poisonOf, deadOf) = (poisoned.ToLookup(static entry => entry.ConferenceId), dead.ToLookup(static entry => entry.ConferenceId));

        var (lost, doubled, wrong, astray) = (0, 0, 0, 0);
        var details = new List<string>();
        foreach (var (id, fate) in meetings)
        {
            var body = blobs.GetValueOrDefault($"{id}.json");
            var ends = (body is null ? 0 : 1) + poisonOf[id].Count() + deadOf[id].Count();
            var isLost = ends == 0 && delivered.Contains(id);
            var isDoubled = ends > 1;
            var isWrong = body is not null && !await IsExpectedAsync(id, body, cancellationToken);
            var isAstray = ends == 1 && !isWrong && !IsAsCalledFor(fate, body is not null, poisonOf[id], deadOf[id]);
            lost += isLost ? 1 : 0;
            doubled += isDoubled ? 1 : 0;
            wrong += isWrong ? 1 : 0;
            astray += isAstray ? 1 : 0;
            if ((isLost || isDoubled || isWrong || isAstray) && details.Count < MaxDetails)
            {
                var what = isLost ? "lost" : isDoubled ? "doubled" : isWrong ? "wrong bytes" : "astray";
                details.Add($"{id} ({fate}): {what}; manifest {body is not null}, poisoned [{string.Join(", ", poisonOf[id])}], dead-lettered [{string.Join(", ", deadOf[id])}]");
            }
        }

        var known = meetings.Select(static meeting => $"{meeting.ConferenceId}.json").ToHashSet();
        var strange = blobs.Keys.Count(name => !known.Contains(name));
        return new ChaosReport(
            meetings.Count, meetings.Count(meeting => delivered.Contains(meeting.ConferenceId)), blobs.Count, poisoned.Count, dead.Count, lost, doubled, wrong + strange, astray, details)
        {
            PushTries = totals.Pushes + totals.PushRetries,
            PushTriesFailed = totals.Pushes + totals.PushRetries - totals.PushesDelivered,
            Calls = totals.Calls,
            CallsFailed = 1 - (double)totals.CallsByCode.GetValueOrDefault("ok") / Math.Max(1, totals.Calls),
        };
    }

    private static bool IsAsCalledFor(Fate fate, bool hasManifest, IEnumerable<Entry> poisoned, IEnumerable<Entry> dead) => fate.Ending switch
    {
        Ending.Poisoned => poisoned.Any(),
        Ending.DeadLettered => dead.Any(entry => entry.Reason == fate.Code),
        _ => hasManifest,
    };

    private async Task<bool> IsExpectedAsync(string conferenceId, byte[] body, CancellationToken cancellationToken)
    {
        var meeting = await stage.DingTalk.GetMeetingAsync(conferenceId, cancellationToken);
        return ExpectedManifest.Of(conferenceId, meeting.EndedAt, meeting.Videos).SequenceEqual(body)
            || (untold.Contains(conferenceId) && ExpectedManifest.Of(conferenceId, null, meeting.Videos).SequenceEqual(body));
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> ReadBlobsAsync(CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(stage.Blobs, ChaosStage.Container);
        var blobs = new ConcurrentDictionary<string, byte[]>();
        await Parallel.ForEachAsync(
            container.GetBlobsAsync(cancellationToken: cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (blob, token) => blobs[blob.Name] =
                (await container.GetBlobClient(blob.Name).DownloadContentAsync(token)).Value.Content.ToArray());
        return blobs;
    }
}
