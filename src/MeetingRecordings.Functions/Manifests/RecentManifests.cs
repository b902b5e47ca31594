using Azure;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>Counts the manifests of meetings that ended yesterday or today, by the blob index, at most twice a minute.</summary>
public sealed class RecentManifests
{
    private readonly Remembered<WrittenManifests?> _counts;
    private readonly ManifestCatalog _catalog;
    private readonly TimeProvider _clock;

    /// <summary>Counts what a catalog lists.</summary>
    public RecentManifests(ManifestCatalog catalog, TimeProvider clock)
    {
        (_catalog, _clock) = (catalog, clock);
        _counts = new(CountNowAsync, TimeSpan.FromSeconds(30), clock);
    }

    /// <summary>Counts, or gives the last counts while they are good.</summary>
    /// <returns>The counts; null where Blob Storage does not tell them within three seconds.</returns>
    internal Task<WrittenManifests?> CountAsync(CancellationToken cancellationToken) => _counts.TryGetAsync(cancellationToken);

    private async Task<WrittenManifests?> CountNowAsync()
    {
        var yesterday = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime).AddDays(-1);
        try
        {
            var recorded = await CountAsync(ManifestStatus.Recorded);
            var notRecorded = await CountAsync(ManifestStatus.NotRecorded);
            return new(yesterday, recorded.Count, notRecorded.Count, recorded.IsWhole && notRecorded.IsWhole);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Why, the readiness of Blob Storage tells.
            return null;
        }

        Task<(int Count, bool IsWhole)> CountAsync(ManifestStatus status)
            => _catalog.CountAsync(new ManifestFilter { Status = status, EndedFrom = yesterday }, CancellationToken.None);
    }
}
