using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Archiving;

namespace LocalHost.Demo;

/// <summary>The archive's part of a demo: files of some MB, served as DingTalk might serve them, well and badly in turn.</summary>
/// <param name="blobs">How to connect to Blob Storage.</param>
internal sealed class DemoArchive(string blobs)
{
    private const long SmallFile = 3_000_000;

    // More than a block.
    private const long LargeFile = 20_000_000;
    private const int LargeEvery = 5;

    private static readonly Action<SimulatedConference>[] Faults =
    [
        static _ => { },
        static conference => conference.MediaScript.Add(new ScriptedAnswer.Usual()).Add(new ScriptedAnswer.Expired()),
        static conference => conference.MediaScript.Add(ScriptedAnswer.Raw.Html(200)),
        static conference => conference.MediaScript.Add(new ScriptedAnswer.Usual()).Add(new ScriptedAnswer.Truncated(), 2),
        static conference => conference.MediaScript.Add(new ScriptedAnswer.Usual()).Add(new ScriptedAnswer.NewVersion()),
        static conference => conference.MediaScript.Add(new ScriptedAnswer.Redirect(null)),
        static conference => With(conference, new MediaTraits { Ranges = false }),
        static conference => With(conference, new MediaTraits { BytesPerSecond = 4_000_000 }),
    ];

    private readonly BlobContainerClient _container = new(blobs, "recordings");

    /// <summary>What the app needs to be told, so that nobody waits for minutes.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Archive__Enabled"] = "true",
        ["Transcripts__Enabled"] = "true",
        ["Recovery__FirstLookAfter"] = "00:00:01",
        ["Recovery__FaultLadder"] = "00:00:01,00:00:01,00:00:02,00:00:05,00:00:05",
    };

    /// <summary>Adds a meeting.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="index">The number of meetings before it.</param>
    public static SimulatedConference Add(Tenant tenant, int index)
    {
        var conference = tenant.AddConference(new MeetingPlan { VideoBytes = index % LargeEvery == 0 ? LargeFile : SmallFile });
        Faults[index % Faults.Length](conference);
        return conference;
    }

    /// <summary>Counts what is archived: files that are whole, and transcripts.</summary>
    public async Task<(int Files, int Transcripts)> CountAsync(
        IReadOnlyCollection<SimulatedConference> conferences, CancellationToken cancellationToken)
    {
        var lengths = new Dictionary<string, long?>(StringComparer.Ordinal);
        try
        {
            await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellationToken))
            {
                lengths[blob.Name] = blob.Properties.ContentLength;
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return (0, 0);
        }

        return (
            conferences.Sum(conference => conference.Videos.Count(video => IsWhole(conference, video))),
            lengths.Keys.Count(static name => name.EndsWith(".vtt", StringComparison.Ordinal)));

        bool IsWhole(SimulatedConference conference, SimulatedVideo video)
        {
            var name = new RecordingName(conference.Id, video.MediaId);
            return lengths.ContainsKey(name.Sidecar) && lengths.GetValueOrDefault(name.File) == conference.FileOf(video).Length;
        }
    }

    private static void With(SimulatedConference conference, MediaTraits traits) => conference.Traits = conference.Traits with { Media = traits };
}
