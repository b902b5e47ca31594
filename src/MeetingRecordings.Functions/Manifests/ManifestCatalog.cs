using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>Finds manifests for an operator.</summary>
/// <param name="container">Where they are.</param>
public sealed class ManifestCatalog(BlobContainerClient container)
{
    /// <summary>The most manifests of one page.</summary>
    public const int MaxManifests = 1000;

    private const int MaxCounted = 10_000;
    private const int ReadsAtOnce = 16;

    /// <summary>A conference's manifest as it is stored; null where there is none.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<BinaryData?> GetAsync(string conferenceId, CancellationToken cancellationToken)
        => (await container.GetBlobClient(ManifestBlobName.Of(conferenceId)).FindContentAsync(cancellationToken))?.Content;

    /// <summary>
    /// Lists manifests, and reads each. What was written within the last seconds may be missing: Blob Storage keeps its index behind.
    /// </summary>
    /// <param name="filter">Which.</param>
    /// <param name="max">The most to read; those with another title are then left out.</param>
    /// <param name="from">Where to go on: an earlier page's <see cref="ManifestPage.Next"/>; null for the beginning.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A page; null where <paramref name="from"/> is no such place.</returns>
    public async Task<ManifestPage?> ListAsync(ManifestFilter filter, int max, string? from, CancellationToken cancellationToken)
    {
        try
        {
            var (found, next) = filter.HasNoTags
                ? await ReadPageAsync(
                    container.GetBlobsAsync(BlobTraits.Tags, BlobStates.None, null, cancellationToken).AsPages(from, max),
                    static blob => ToEntry(blob.Name, blob.Tags))
                : await ReadPageAsync(
                    container.FindBlobsByTagsAsync(filter.ToExpression(), cancellationToken).AsPages(from, max),
                    static blob => ToEntry(blob.BlobName, blob.Tags));
            var manifests = new ManifestEntry?[found.Count];
            await Parallel.ForAsync(
                0,
                found.Count,
                new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
                async (i, token) => manifests[i] = await ReadAsync(found[i], token));
            return new ManifestPage([.. manifests.OfType<ManifestEntry>().Where(filter.Takes)], next);
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            return new ManifestPage([], null);
        }
        catch (RequestFailedException e) when (e.Status == 400 && from is not null)
        {
            return null;
        }
    }

    /// <summary>Reads the manifests of some conferences, or of all. What is no manifest, or cannot be read now, is left out.</summary>
    internal async IAsyncEnumerable<Manifest> ReadAllAsync(
        IReadOnlyCollection<string>? conferenceIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = conferenceIds?.ToAsyncEnumerable() ?? container
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellationToken)
            .Select(static blob => ManifestBlobName.ToConferenceId(blob.Name)).OfType<string>();
        await foreach (var some in ids.Chunk(ReadsAtOnce).WithCancellation(cancellationToken))
        {
            foreach (var manifest in await Task.WhenAll(some.Select(id => FindManifestAsync(id, cancellationToken))))
            {
                if (manifest is not null)
                {
                    yield return manifest;
                }
            }
        }
    }

    /// <summary>Counts manifests, up to 10,000, and says whether that is all of them.</summary>
    internal async Task<(int Count, bool IsWhole)> CountAsync(ManifestFilter filter, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            await foreach (var blob in container.FindBlobsByTagsAsync(filter.ToExpression(), cancellationToken))
            {
                if (ManifestBlobName.ToConferenceId(blob.BlobName) is not null && ++count == MaxCounted)
                {
                    return (count, false);
                }
            }
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            return (0, true);
        }

        return (count, true);
    }

    private static async Task<(IReadOnlyList<ManifestEntry> Found, string? Next)> ReadPageAsync<T>(
        IAsyncEnumerable<Page<T>> pages, Func<T, ManifestEntry?> toEntry)
        where T : notnull
    {
        await foreach (var page in pages)
        {
            return ([.. page.Values.Select(toEntry).OfType<ManifestEntry>()], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return ([], null);
    }

    private static ManifestEntry? ToEntry(string blobName, IDictionary<string, string>? tags)
        => ManifestBlobName.ToConferenceId(blobName) is { } conferenceId
            ? new ManifestEntry(conferenceId, Tag(tags, ManifestTags.Status), Tag(tags, ManifestTags.EndedOn), Tag(tags, ManifestTags.CorpId))
            : null;

    private static string? Tag(IDictionary<string, string>? tags, string name) => tags is not null && tags.TryGetValue(name, out var value) ? value : null;

    // Null where it is gone by now.
    private async Task<ManifestEntry?> ReadAsync(ManifestEntry found, CancellationToken cancellationToken)
    {
        try
        {
            return await FindStoredAsync(found.ConferenceId, cancellationToken) is { } stored ? ManifestEntry.Of(stored.Manifest) : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return found;
        }
    }

    private async Task<Manifest?> FindManifestAsync(string conferenceId, CancellationToken cancellationToken)
    {
        try
        {
            return (await FindStoredAsync(conferenceId, cancellationToken))?.Manifest;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    private static bool IsUnreadable(Exception e) => e is InvalidDataException or RequestFailedException { ErrorCode: "BlobArchived" };

    private Task<StoredManifest?> FindStoredAsync(string conferenceId, CancellationToken cancellationToken)
        => StoredManifest.ReadAsync(container.GetBlobClient(ManifestBlobName.Of(conferenceId)), conferenceId, cancellationToken);
}
