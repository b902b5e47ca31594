using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>A blob that somebody holds: leased, on legal hold, immutable or archived. Blob Storage says that first, and then that it exists.</summary>
internal static class HeldBlob
{
    private static readonly BlobErrorCode[] Codes =
    [
        BlobErrorCode.BlobArchived, BlobErrorCode.BlobImmutableDueToPolicy, BlobErrorCode.LeaseIdMissing, "BlobImmutableDueToLegalHold", "BlobBeingRehydrated",
    ];

    /// <summary>Whether a refusal to write says so.</summary>
    public static bool IsHeld(RequestFailedException e) => Array.Exists(Codes, code => code == e.ErrorCode);

    /// <summary>Whether an archived blob, which cannot be read, holds just this: its checksum tells.</summary>
    public static bool Holds(BlobProperties properties, Manifest manifest)
        => properties.ContentHash is { } hash
            && ChecksumOf(ManifestJson.Serialize(manifest)).AsSpan().SequenceEqual(hash)
            && (manifest.EndedAtSource == EndedAtSource.Fallback
                || (properties.Metadata.TryGetValue(ManifestMetadata.EndedAtSource, out var source) && source == manifest.EndedAtSource.ToString()));

#pragma warning disable CA5351 // Blob Storage's own checksum is an MD5.
    private static byte[] ChecksumOf(byte[] json) => MD5.HashData(json);
#pragma warning restore CA5351
}
