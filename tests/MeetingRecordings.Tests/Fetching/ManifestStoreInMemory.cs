using System.Collections.Concurrent;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>Keeps manifests as the real store does: as bytes, merged.</summary>
internal sealed class ManifestStoreInMemory : IManifestStore
{
    private readonly ConcurrentDictionary<string, byte[]> _manifests = [];

    /// <summary>What every write fails with; null where it succeeds.</summary>
    public ManifestStoreException? Failure { get; set; }

    /// <summary>Whether it never answers.</summary>
    public bool Hangs { get; set; }

    /// <summary>Is released when it is asked for something.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    /// <summary>DingTalk's request id beside the last write.</summary>
    public string? RequestId { get; private set; }

    /// <summary>What was merged last, with what its JSON does not tell.</summary>
    public Manifest? Merged { get; private set; }

    public int Writes { get; private set; }

    public Manifest? Find(string conferenceId)
        => _manifests.TryGetValue(conferenceId, out var json) ? ManifestJson.Deserialize(json, EndedAtSource.Event) : null;

    public async Task<ManifestWrite> MergeAsync(Manifest manifest, string? requestId, bool expectStored, CancellationToken cancellationToken)
    {
        Asked.Release();
        if (Failure is not null)
        {
            throw Failure;
        }

        await Task.Delay(Hangs ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);

        Writes++;
        RequestId = requestId;
        Merged = manifest;
        var isNew = !_manifests.ContainsKey(manifest.ConferenceId);
        _manifests.AddOrUpdate(
            manifest.ConferenceId,
            _ => ManifestJson.Serialize(manifest),
            (_, stored) => ManifestJson.Serialize(ManifestJson.Deserialize(stored, EndedAtSource.Fallback).Merge(manifest)));
        return isNew ? ManifestWrite.Created : ManifestWrite.Updated;
    }

    public Task<bool> IsRecordedAsync(string conferenceId, CancellationToken cancellationToken)
        => Failure is null ? Task.FromResult(Find(conferenceId)?.Status == ManifestStatus.Recorded) : throw Failure;
}
