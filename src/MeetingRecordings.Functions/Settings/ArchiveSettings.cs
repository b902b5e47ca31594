using Azure.Storage.Blobs.Models;
using MeetingRecordings.Archiving;
using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>Whether files and transcripts are archived, which, and where.</summary>
/// <param name="FilesEnabled">Whether files are.</param>
/// <param name="TranscriptsEnabled">Whether transcripts are.</param>
/// <param name="Connection">The account; that of the manifests where none is named.</param>
/// <param name="Options">Which files.</param>
/// <param name="Hosts">From where they may be fetched.</param>
/// <param name="Tier">Their access tier; null for that of the account.</param>
internal sealed record ArchiveSettings(
    bool FilesEnabled, bool TranscriptsEnabled, IConfiguration Connection, ArchiveOptions Options, AllowedHosts Hosts, AccessTier? Tier)
{
    /// <summary>The container of files and transcripts.</summary>
    public const string Container = "recordings";

    private const string Name = "Archive";
    private const long MaxBytes = (long)Block.DefaultLength * Block.MaxCount;
    private const int MaxCallsPerDay = 1_000_000_000;

    public static ArchiveSettings Read(SettingsReader reader, ManifestSettings manifests)
    {
        var (files, transcripts) = (reader.Flag($"{Name}__Enabled"), reader.Flag("Transcripts__Enabled"));
        if (files || transcripts)
        {
            reader.Required("RecordingQueue", "the queue that triggers ArchiveRecording, for instance recordings");
        }

        var tier = reader.Choice<ArchiveTier>($"{Name}__Tier");
        var check = reader.Choice<ArchiveCheck>($"{Name}__Verify");
        if (tier == ArchiveTier.Archive && check == ArchiveCheck.Sha256)
        {
            reader.Fault($"{Name}__Verify", $"does not go with {Name}__Tier archive: what lies there cannot be read back");
        }

        return new ArchiveSettings(
            files,
            transcripts,
            ReadConnection(reader) ?? manifests.Connection,
            new ArchiveOptions
            {
                Videos = reader.Choice<ArchivedVideos>($"{Name}__Videos"),
                MinDuration = reader.TimeSpan($"{Name}__MinDuration", TimeSpan.Zero),
                MaxBytes = reader.Number($"{Name}__MaxBytes", 1, MaxBytes),
                CallsPerDay = (int?)reader.Number($"{Name}__CallsPerDay", 1, MaxCallsPerDay),
                VerifiesSha256 = check == ArchiveCheck.Sha256,
            },
            ReadHosts(reader),
            tier switch
            {
                ArchiveTier.Hot => AccessTier.Hot,
                ArchiveTier.Cool => AccessTier.Cool,
                ArchiveTier.Cold => AccessTier.Cold,
                ArchiveTier.Archive => AccessTier.Archive,
                _ => (AccessTier?)null,
            });
    }

    private static IConfiguration? ReadConnection(SettingsReader reader)
    {
        var address = reader.Address($"{Name}__blobServiceUri");
        return address is null && reader.Optional(Name) is null ? null : reader.Connection(Name, "blobServiceUri", ConnectionStrings.ProblemOfBlobs);
    }

    private static AllowedHosts ReadHosts(SettingsReader reader)
    {
        var hosts = reader.Values($"{Name}__AllowedHosts");
        if (!hosts.All(AllowedHosts.IsPattern))
        {
            reader.Fault($"{Name}__AllowedHosts", $"is malformed: expected {AllowedHosts.Grammar}");
        }

        return new AllowedHosts(hosts.Count > 0 ? hosts : AllowedHosts.Default);
    }
}
