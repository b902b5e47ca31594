using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Operators;

/// <summary>
/// Erases everything that is kept of a conference: its messages, wherever they lie, then its manifest and what is archived of it. In this
/// order, for a look that is under way may still write.
/// </summary>
public sealed partial class Erasure
{
    private const int MaxPasses = 6;
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromSeconds(5);

    private readonly QueueErasure _queues;
    private readonly BlobErasure _blobs;
    private readonly ArchiveErasure _archive;
    private readonly TimeProvider _clock;
    private readonly ILogger<Erasure> _logger;

    internal Erasure(QueueErasure queues, BlobErasure blobs, ArchiveErasure archive, TimeProvider clock, ILogger<Erasure> logger)
        => (_queues, _blobs, _archive, _clock, _logger) = (queues, blobs, archive, clock, logger);

    /// <summary>Erases a conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="dryRun">Whether only to say what would be erased.</param>
    /// <param name="who">Who asks for it; it is logged.</param>
    /// <param name="cancellationToken">Stops between two deletions.</param>
    public async Task<ErasureReport> EraseAsync(string conferenceId, bool dryRun, string who, CancellationToken cancellationToken)
    {
        var (messages, isClear) = await ErasePassesAsync(conferenceId, dryRun, cancellationToken);

        // A message that is left would bring the manifest back.
        var blobs = await _blobs.RunAsync(conferenceId, dryRun || !isClear, cancellationToken);
        var archived = await _archive.RunAsync(conferenceId, dryRun || !isClear, cancellationToken);
        var places = blobs.Append(archived).Concat(messages).ToList();
        var report = new ErasureReport(conferenceId, dryRun, places, isClear && places.All(static place => place.Erased == place.Found));
        if (!dryRun)
        {
            Log.Erased(_logger, conferenceId, who, places.Sum(static place => place.Erased), places.Sum(static place => place.Found));
        }

        return report;
    }

    // Until a pass finds nothing: a look that was under way may have left a message behind.
    private async Task<(IReadOnlyList<ErasedPlace> Messages, bool IsClear)> ErasePassesAsync(
        string conferenceId, bool dryRun, CancellationToken cancellationToken)
    {
        var sums = await _queues.RunAsync(conferenceId, dryRun, cancellationToken);
        if (dryRun)
        {
            return (sums, sums.All(static place => place.Found == 0));
        }

        var last = sums;
        for (var pass = 1; pass < MaxPasses && last.Any(static place => place.Found > 0); pass++)
        {
            if (last.Any(static place => place.Erased < place.Found))
            {
                await Task.Delay(BetweenPasses, _clock, cancellationToken);
            }

            last = await _queues.RunAsync(conferenceId, dryRun, cancellationToken);
            sums = [.. sums.Zip(last, static (sum, more) => new ErasedPlace(sum.Place, sum.Erased + more.Found, sum.Erased + more.Erased))];
        }

        return (sums, last.All(static place => place.Found == place.Erased));
    }

    private static partial class Log
    {
        [LoggerMessage(403, LogLevel.Warning, "Conference {ConferenceId} is erased by {Who}: {Erased} of {Found} things that were kept of it are gone")]
        public static partial void Erased(ILogger logger, string conferenceId, string who, int erased, int found);
    }
}
