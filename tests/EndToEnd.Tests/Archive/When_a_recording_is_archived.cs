using Azure.Storage.Blobs.Models;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Archiving;
using MeetingRecordings.Fetching;
using MeetingRecordings.Manifests;

namespace EndToEnd.Tests.Archive;

public sealed class When_a_recording_is_archived(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, MediaTraits> Sources => new()
    {
        { "as expected", new MediaTraits() },
        { "without Range", new MediaTraits { Ranges = false } },
        { "without ETag", new MediaTraits { ETag = false } },
        { "without Content-Length", new MediaTraits { ContentLength = false } },
        { "without any of them", new MediaTraits { Ranges = false, ETag = false, ContentLength = false } },
        { "another rendition", new MediaTraits { SmallerRendition = true } },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Its_file_is_in_the_archive_byte_for_byte_whatever_the_source_can(string source, MediaTraits traits)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(3.3, traits);

        var (last, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.True(action is RecoveryAction.Finish, source);
        var sidecar = await bench.ExpectArchivedAsync(conference);
        Assert.Equal(new SliceOutcome.Archived(sidecar.Bytes!.Value), last.Outcome);
        Assert.Equal(1, conference.PlayInfoCalls);
        Assert.Equal(traits.Ranges, sidecar.Sha256 is null);
    }

    [Fact]
    public async Task Its_manifest_says_where_the_file_is()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1.5);
        var video = new Video { MediaId = conference.Videos[0].MediaId, FileSize = 7 };
        var other = new Video { MediaId = "another", FileSize = 8 };
        await bench.Manifests.MergeAsync(Manifest.Recorded(conference.Id, [video, other]), "request-1", false, Cancellation);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var manifest = (await bench.Manifests.ReadAsync(conference.Id, Cancellation))!;
        Assert.Equal([other, video with { File = $"{bench.Container.Name}/{ArchiveBench.NameOf(conference).File}" }], manifest.Videos.OrderBy(v => v.FileSize != 8));
        var properties = await bench.Container.GetBlobClient($"{conference.Id}.json").GetPropertiesAsync(cancellationToken: Cancellation);
        Assert.Equal("request-1", properties.Value.Metadata["requestId"]);
    }

    [Fact]
    public async Task A_manifest_that_was_erased_meanwhile_is_not_made_again()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(0.5);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.Null(await bench.Manifests.ReadAsync(conference.Id, Cancellation));
    }

    [Fact]
    public async Task It_can_be_found_by_the_tags_of_its_blobs()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(0.5);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var tags = (await bench.FileOf(conference).GetTagsAsync(cancellationToken: Cancellation)).Value.Tags;
        Assert.Equal(new Dictionary<string, string> { ["conference"] = conference.Id, ["state"] = "archived" }, tags);
    }

    [Fact]
    public async Task A_file_of_one_block_has_its_SHA_256_without_being_read_back()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(0.7);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var sidecar = await bench.ExpectArchivedAsync(conference);
        Assert.Equal(Convert.ToHexStringLower(conference.FileOf(conference.Videos[0]).ComputeSha256()), sidecar.Sha256);
    }

    [Fact]
    public async Task On_request_it_is_read_back_for_its_SHA_256()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite, new ArchiveOptions { VerifiesSha256 = true });
        var conference = bench.Add(3.3);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var sidecar = await bench.ExpectArchivedAsync(conference);
        Assert.Equal(Convert.ToHexStringLower(conference.FileOf(conference.Videos[0]).ComputeSha256()), sidecar.Sha256);
    }

    [Fact]
    public async Task A_second_message_costs_no_call_and_no_byte()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1.5);
        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));
        var sent = bench.BytesSent(conference);

        var (last, _) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.Equal(new SliceOutcome.Settled(), last.Outcome);
        Assert.Equal((1, sent), (conference.PlayInfoCalls, bench.BytesSent(conference)));
    }

    [Fact]
    public async Task What_an_earlier_slice_has_stored_is_not_fetched_again()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(4);

        // The probe and two blocks pass; then the source fails for as long as one slice tries.
        conference.MediaScript.Add(new ScriptedAnswer.Usual(), 3).Add(new ScriptedAnswer.Raw(503, "application/octet-stream", ""), 12);
        var first = await bench.RunAsync(ArchiveBench.FirstSlice(conference));
        conference.MediaScript.Clear();
        Assert.IsType<SliceOutcome.Interrupted>(first.Outcome);
        Assert.Equal(2, first.NewBlocks);
        var (last, _) = await bench.RunToTheEndAsync(first.Slice);

        Assert.Equal(2, last.NewBlocks);
        await bench.ExpectArchivedAsync(conference);
        Assert.InRange(bench.BytesSent(conference), 4 * ArchiveBench.BlockLength, 4 * ArchiveBench.BlockLength + 200);
    }

    [Fact]
    public async Task A_crash_after_it_was_put_together_costs_one_look_at_it()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1.5);
        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));
        await bench.Container.DeleteBlobAsync(ArchiveBench.NameOf(conference).Sidecar, cancellationToken: Cancellation);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        await bench.ExpectArchivedAsync(conference);
        Assert.Equal(1, conference.PlayInfoCalls);
    }

    [Fact]
    public async Task What_others_have_left_under_ids_of_another_length_is_cleared()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(2.5);
        await bench.Container.CreateAsync(cancellationToken: Cancellation);
        using var bytes = new MemoryStream([1, 2, 3]);
        await bench.FileOf(conference).StageBlockAsync(Convert.ToBase64String([7, 7, 7]), bytes, cancellationToken: Cancellation);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        await bench.ExpectArchivedAsync(conference);
    }

    [Fact]
    public async Task A_blob_of_no_length_in_its_place_which_a_crash_may_leave_is_no_file()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1.5);
        await bench.Container.CreateAsync(cancellationToken: Cancellation);
        await bench.FileOf(conference).CommitBlockListAsync([], cancellationToken: Cancellation);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        await bench.ExpectArchivedAsync(conference);
    }

    [Fact]
    public async Task Another_writer_that_was_faster_has_done_it()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(2.5);
        var store = new OvertakenStore(bench.Store, () => bench.RunAsync(ArchiveBench.FirstSlice(conference)));

        var result = await bench.RunAsync(ArchiveBench.FirstSlice(conference), store);

        Assert.IsType<SliceOutcome.Archived>(result.Outcome);
        await bench.ExpectArchivedAsync(conference);
        BlockList list = await bench.FileOf(conference).GetBlockListAsync(cancellationToken: Cancellation);
        Assert.Equal(3, list.CommittedBlocks.Count());
    }

    [Fact]
    public async Task A_file_of_another_length_in_its_place_is_for_somebody_to_look_at()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1.5);
        await bench.Container.CreateAsync(cancellationToken: Cancellation);
        using var bytes = new MemoryStream([1, 2, 3]);
        await bench.FileOf(conference).UploadAsync(
            bytes,
            new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["sourceLength"] = "1572864" } },
            Cancellation);

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var poison = Assert.IsType<RecoveryAction.Poison>(action);
        Assert.Equal(("retriesSpent", "recordingStore.wrongLength"), (poison.Reason, poison.Failure?.Code));
    }
}
