using System.Collections.Concurrent;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>Keeps manifests as the real store does: as bytes, merged.</summary>
internal sealed class ManifestStoreInMemory : IManifestStore
{
    private readonly ConcurrentDictionary<string, byte[]> _manifests = [];

    /// <summary>What every write fails with; null where it succeeds.</summary>
    public StoreException? Failure { get; set; }

    /// <summary>What every read fails with; null where it succeeds.</summary>
    public StoreException? ReadFailure { get; set; }

    /// <summary>Whether it never answers to a write.</summary>
    public bool Hangs { get; set; }

    /// <summary>Whether it never answers to a read.</summary>
    public bool HangsOnRead { get; set; }

    /// <summary>Is released when it is asked for something.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    /// <summary>DingTalk's request id beside the last write.</summary>
    public string? RequestId { get; private set; }

    /// <summary>What was merged last, with what its JSON does not tell.</summary>
    public Manifest? Merged { get; private set; }

    public int Writes { get; private set; }

    public void Add(Manifest manifest) => _manifests[manifest.ConferenceId] = ManifestJson.Serialize(manifest);

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

    public async Task<Manifest?> ReadAsync(string conferenceId, CancellationToken cancellationToken)
    {
        if (ReadFailure is not null)
        {
            throw ReadFailure;
        }

        await Task.Delay(HangsOnRead ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
        return Find(conferenceId);
    }
}
