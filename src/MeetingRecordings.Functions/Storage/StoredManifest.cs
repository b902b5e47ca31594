using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Storage;

/// <summary>A manifest as it lies in Blob Storage.</summary>
internal sealed record StoredManifest(Manifest Manifest, BinaryData Body, ETag ETag, int Revision)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">The blob is no manifest of this version.</exception>
    public static async Task<StoredManifest> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        var content = (await blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false)).Value;
        var metadata = content.Details.Metadata;
        var source = metadata.TryGetValue(ManifestMetadata.EndedAtSource, out var text) && Enum.TryParse<EndedAtSource>(text, out var parsed)
            ? parsed
            : EndedAtSource.Fallback;
        var revision = metadata.TryGetValue(ManifestMetadata.Revision, out var number)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        return new StoredManifest(ManifestJson.Deserialize(content.Content.ToMemory().Span, source), content.Content, content.Details.ETag, revision);
    }
}
