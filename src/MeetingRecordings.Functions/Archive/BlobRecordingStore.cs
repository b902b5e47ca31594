using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MeetingRecordings.Archiving;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Storage;

namespace MeetingRecordings.Functions.Archive;

/// <summary>Keeps files of recordings as block blobs, named as <see cref="RecordingName"/> says.</summary>
/// <param name="container">The container; made on first use.</param>
/// <param name="tier">The access tier of files; null for that of the account.</param>
public sealed class BlobRecordingStore(BlobContainerClient container, AccessTier? tier) : IRecordingStore
{
    private const string ConferenceTag = "conference";
    private const string StateTag = "state";
    private const string SourceLength = "sourceLength";
    private const string SourceETag = "sourceETag";

    /// <inheritdoc />
    public string LocationOf(string name) => $"{container.Name}/{name}";

    /// <inheritdoc />
    public Task<Sidecar?> ReadSidecarAsync(RecordingName name, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(
            async () => await container.GetBlobClient(name.Sidecar).FindContentAsync(cancellationToken) is { } blob
                ? SidecarJson.Deserialize(blob.Content.ToMemory().Span)
                : null,
            cancellationToken);

    /// <inheritdoc />
    public Task WriteSidecarAsync(RecordingName name, Sidecar sidecar, CancellationToken cancellationToken)
        => WithContainerAsync(
            () => container.GetBlobClient(name.Sidecar).UploadAsync(
                BinaryData.FromBytes(SidecarJson.Serialize(sidecar, sidecar.State == ArchiveState.Archived ? name.File : null)),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
                    Tags = TagsOf(name.ConferenceId, sidecar.State),
                },
                cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredFile?> FindAsync(RecordingName name, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync<StoredFile?>(
            async () =>
            {
                try
                {
                    BlobProperties properties = await FileOf(name).GetPropertiesAsync(cancellationToken: cancellationToken);
                    var metadata = properties.Metadata;
                    var length = metadata.TryGetValue(SourceLength, out var text)
                        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
                    return new StoredFile(properties.ContentLength, new SourceIdentity(length, metadata.TryGetValue(SourceETag, out var tag) ? tag : null));
                }
                catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
                {
                    return null;
                }
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyCollection<string>> ListBlocksAsync(RecordingName name, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync<IReadOnlyCollection<string>>(
            async () =>
            {
                try
                {
                    BlockList list = await FileOf(name).GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken);
                    return [.. list.UncommittedBlocks.Select(static block => block.Name)];
                }
                catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
                {
                    return [];
                }
            },
            cancellationToken);

    /// <inheritdoc />
    public Task PutBlockAsync(RecordingName name, string blockId, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => WithContainerAsync(
            async () =>
            {
                using var body = BinaryData.FromBytes(bytes).ToStream();
                var options = new BlockBlobStageBlockOptions
                {
                    TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
                };
                return await FileOf(name).StageBlockAsync(blockId, body, options, cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> CommitAsync(
        RecordingName name, IReadOnlyList<string> blockIds, SourceIdentity source, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(
            async () =>
            {
                var options = new CommitBlockListOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = "video/mp4" },
                    Metadata = MetadataOf(source),
                    Tags = TagsOf(name.ConferenceId, ArchiveState.Archived),
                    AccessTier = tier,
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                };
                try
                {
                    await FileOf(name).CommitBlockListAsync(blockIds, options, cancellationToken);
                    return true;
                }
                catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet)
                {
                    return false;
                }
            },
            cancellationToken);

    /// <inheritdoc />
    public Task ClearAsync(RecordingName name, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(
            async () =>
            {
                // Blocks that wait can only be dropped by putting together a file without them.
                _ = await CommitNothingAsync(name, cancellationToken);
                return await DeleteEmptyAsync(name, cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<byte[]> ComputeSha256Async(RecordingName name, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(
            async () =>
            {
                await using var file = await FileOf(name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellationToken);
                return await SHA256.HashDataAsync(file, cancellationToken);
            },
            cancellationToken);

    private BlockBlobClient FileOf(RecordingName name) => container.GetBlockBlobClient(name.File);

    /// <summary>The index tags of what is archived of a conference.</summary>
    internal static Dictionary<string, string> TagsOf(string conferenceId, ArchiveState state)
        => new() { [ConferenceTag] = BlobTagValue.From(conferenceId), [StateTag] = SidecarJson.ToText(state) };

    private static Dictionary<string, string> MetadataOf(SourceIdentity source)
    {
        var metadata = new Dictionary<string, string>();
        if (source.Length is { } length)
        {
            metadata[SourceLength] = length.ToString(CultureInfo.InvariantCulture);
        }

        if (source.ETag is not null)
        {
            metadata[SourceETag] = source.ETag;
        }

        return metadata;
    }

    private Task<bool> CommitNothingAsync(RecordingName name, CancellationToken cancellationToken)
        => CommitAsync(name, [], new SourceIdentity(null, null), cancellationToken);

    private async Task<bool> DeleteEmptyAsync(RecordingName name, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await FileOf(name).GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.ContentLength == 0
                && await FileOf(name).DeleteIfExistsAsync(
                    DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = properties.ETag }, cancellationToken);
        }
        catch (RequestFailedException e) when (ConditionalUpload.IsAbsence(e))
        {
            return false;
        }
    }

    private Task<T> WithContainerAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
        => StoreFailures.WithFailuresAsync(
            async () =>
            {
                try
                {
                    return await use();
                }
                catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
                {
                    await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                    return await use();
                }
            },
            cancellationToken);
}
