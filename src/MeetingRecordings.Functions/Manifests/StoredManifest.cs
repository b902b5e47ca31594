using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>A manifest as it lies in Blob Storage.</summary>
internal sealed record StoredManifest(Manifest Manifest, BinaryData Body, BlobDownloadDetails Details, int Revision)
{
    /// <summary>Whether it says the same as another, to the last byte and as surely.</summary>
    public bool IsSameAs(Manifest other)
        => other.EndedAtSource == Manifest.EndedAtSource && ManifestJson.Serialize(other).AsSpan().SequenceEqual(Body.ToMemory().Span);

    /// <summary>Reads one; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The blob is no manifest of this version, or another conference's.</exception>
    public static async Task<StoredManifest?> ReadAsync(BlobClient blob, string conferenceId, CancellationToken cancellationToken)
    {
        if (await blob.FindContentAsync(cancellationToken) is not { } content)
        {
            return null;
        }

        var metadata = content.Details.Metadata;
        var source = metadata.TryGetValue(ManifestMetadata.EndedAtSource, out var text) && Enum.TryParse<EndedAtSource>(text, out var parsed)
            ? parsed
            : EndedAtSource.Fallback;
        var revision = metadata.TryGetValue(ManifestMetadata.Revision, out var number)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var manifest = ManifestJson.Deserialize(content.Content.ToMemory().Span, source);
        return manifest.ConferenceId == conferenceId
            ? new StoredManifest(manifest, content.Content, content.Details, revision)
            : throw new InvalidDataException("The stored manifest is another conference's.");
    }
}
