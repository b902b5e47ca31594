using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using MeetingRecordings.Archiving;

namespace EndToEnd.Tests.Archive;

/// <summary>What an archive has of conferences, read by nothing but its blobs.</summary>
internal static class ArchivedFiles
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Expects every file of a conference to be there once, byte for byte, with its sidecar, and nothing else.</summary>
    public static async Task ExpectAsync(BlobContainerClient archive, SimulatedConference conference)
    {
        var expected = conference.Videos
            .Select(video => new RecordingName(conference.Id, video.MediaId))
            .SelectMany(static name => new[] { name.File, name.Sidecar });
        Assert.Equal(expected.Order(StringComparer.Ordinal), await NamesAsync(archive, $"{conference.Id}/"));
        foreach (var video in conference.Videos)
        {
            var name = new RecordingName(conference.Id, video.MediaId);
            var file = conference.FileOf(video);
            await using var stream = await archive.GetBlobClient(name.File).OpenReadAsync(cancellationToken: Cancellation);
            Assert.Equal(file.Length, stream.Length);
            Assert.Equal(file.ComputeSha256(), await SHA256.HashDataAsync(stream, Cancellation));
            var written = (await archive.GetBlobClient(name.Sidecar).DownloadContentAsync(Cancellation)).Value.Content;
            var sidecar = SidecarJson.Deserialize(written.ToMemory().Span);
            Assert.Equal((ArchiveState.Archived, file.Length), (sidecar.State, sidecar.Bytes));
        }
    }

    /// <summary>The names of blobs, those among them that are no more than blocks included.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(BlobContainerClient archive, string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in archive.GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, prefix, Cancellation))
        {
            names.Add(blob.Name);
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
