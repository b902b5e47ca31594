using DingTalkSimulator.Faults;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Archiving;
using MeetingRecordings.Fetching;

namespace EndToEnd.Tests.Archive;

public sealed class When_an_archive_fails(AzuriteFixture azurite)
{
    private static readonly ScriptedAnswer Refusal = ScriptedAnswer.Raw.Html(403);

    public static TheoryData<string, ScriptedAnswer> PassingFaults => new()
    {
        { "a short body", new ScriptedAnswer.Truncated() },
        { "a broken body", new ScriptedAnswer.BrokenOff() },
        { "a reset", new ScriptedAnswer.Reset() },
        { "a 503", new ScriptedAnswer.Raw(503, "application/octet-stream", "") },
        { "another part", new ScriptedAnswer.WrongRange() },
        { "the whole file", new ScriptedAnswer.NoRange() },
        { "a redirect", new ScriptedAnswer.Redirect(null) },
    };

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task With_what_passes_that_block_is_fetched_again(string fault, ScriptedAnswer answer)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(3.3);
        conference.MediaScript.Add(new ScriptedAnswer.Usual(), 2).Add(answer);

        var result = await bench.RunAsync(ArchiveBench.FirstSlice(conference));

        Assert.True(result.Outcome is SliceOutcome.Archived, fault);
        await bench.ExpectArchivedAsync(conference);
        Assert.Equal(1, conference.PlayInfoCalls);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task With_what_passes_at_the_first_question_the_recording_is_archived_all_the_same(string fault, ScriptedAnswer answer)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(3.3);
        conference.MediaScript.Add(answer);

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.True(action is RecoveryAction.Finish, fault);
        await bench.ExpectArchivedAsync(conference);
    }

    [Fact]
    public async Task With_a_URL_that_has_expired_one_asks_for_a_new_one_for_all()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(6.5);
        conference.MediaScript.Add(new ScriptedAnswer.Usual(), 2).Add(new ScriptedAnswer.Expired());

        var result = await bench.RunAsync(ArchiveBench.FirstSlice(conference));

        Assert.IsType<SliceOutcome.Archived>(result.Outcome);
        await bench.ExpectArchivedAsync(conference);
        Assert.Equal(2, conference.PlayInfoCalls);
    }

    public static TheoryData<string, ScriptedAnswer> Refusals => new()
    {
        { "source.http403", new ScriptedAnswer.Raw(403, "application/octet-stream", "") },
        { "source.http401", new ScriptedAnswer.Raw(401, "application/octet-stream", "") },
        { "source.http410", new ScriptedAnswer.Raw(410, "application/octet-stream", "") },
        { "source.noMedia", ScriptedAnswer.Raw.Html(200) },
        { "source.noMp4", new ScriptedAnswer.Raw(200, "video/mp4", "this is no MP4 at all") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task With_refusals_in_three_slices_it_is_dead_lettered_as_sourceRefused(string code, ScriptedAnswer answer)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1.5);
        conference.MediaScript.Add(answer, int.MaxValue);

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var dead = Assert.IsType<RecoveryAction.DeadLetter>(action);
        Assert.Equal((ArchiveReasons.SourceRefused, code), (dead.Reason, dead.Failure.Code));
        Assert.Null(await bench.ExpectNoFileAsync(conference));
        Assert.InRange(conference.PlayInfoCalls, 3, 6);
    }

    [Fact]
    public async Task Refusals_that_come_between_new_blocks_are_not_in_a_row()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(4);
        foreach (var missing in (int[])[3, 2, 1])
        {
            // The first question and a block, then refusals of both URLs for every block that is asked for beside it.
            conference.MediaScript.Add(new ScriptedAnswer.Usual(), 2).Add(Refusal, 2 * missing);
        }

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.IsType<RecoveryAction.Finish>(action);
        await bench.ExpectArchivedAsync(conference);
    }

    [Fact]
    public async Task With_another_version_at_its_source_it_is_that_version_and_nothing_of_the_first()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(4.5);
        conference.MediaScript.Add(new ScriptedAnswer.Usual(), 3).Add(new ScriptedAnswer.NewVersion());

        var first = await bench.RunAsync(ArchiveBench.FirstSlice(conference));
        var (_, action) = await bench.RunToTheEndAsync(first.Slice);

        Assert.Equal("source.changed", Assert.IsType<SliceOutcome.Interrupted>(first.Outcome).Failure.Code);
        Assert.IsType<RecoveryAction.Finish>(action);
        await bench.ExpectArchivedAsync(conference);
    }

    [Fact]
    public async Task With_a_playlist_alone_it_is_dead_lettered_as_noMp4()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1, new MediaTraits { HasMp4 = false });

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.Equal(ArchiveReasons.NoMp4, Assert.IsType<RecoveryAction.DeadLetter>(action).Reason);
        Assert.Equal(1, conference.PlayInfoCalls);
    }

    [Fact]
    public async Task DingTalk_is_believed_that_it_has_nothing_the_second_time()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1);
        conference.PlayInfoScript.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), int.MaxValue);

        var first = await bench.RunAsync(ArchiveBench.FirstSlice(conference));
        Assert.Equal(new SliceOutcome.NotFound(), first.Outcome);
        Assert.Null(await bench.ExpectNoFileAsync(conference));
        var (last, action) = await bench.RunToTheEndAsync(first.Slice);

        Assert.Equal(new SliceOutcome.Gone(), last.Outcome);
        Assert.IsType<RecoveryAction.Finish>(action);
        Assert.Equal(ArchiveState.Gone, (await bench.ExpectNoFileAsync(conference))!.State);
        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));
        Assert.Equal(3, conference.PlayInfoCalls);
    }

    [Fact]
    public async Task An_operator_has_what_was_gone_looked_for_again()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1);
        conference.PlayInfoScript.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), 2);
        var slice = ArchiveBench.FirstSlice(conference);
        await bench.RunToTheEndAsync(slice);

        await bench.RunToTheEndAsync(slice with { Message = slice.Message with { Again = true } });

        await bench.ExpectArchivedAsync(conference);
    }

    [Theory]
    [InlineData("permissionError")]
    [InlineData("unknownUserError")]
    public async Task A_user_who_may_not_gives_way_to_the_next(string code)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1);
        conference.PlayInfoScript.Add(ScriptedAnswer.ApiError.Of(code));
        var slice = ArchiveBench.FirstSlice(conference);
        slice = slice with
        {
            Message = slice.Message with { UnionId = "somebody-else" },
            Lineage = slice.Lineage with { KnownUnionIds = [conference.RecorderUnionId] },
        };

        var result = await bench.RunAsync(slice);

        Assert.IsType<SliceOutcome.Archived>(result.Outcome);
        Assert.Equal(conference.RecorderUnionId, result.Slice.Message.UnionId);
    }

    [Fact]
    public async Task Where_nobody_may_it_is_dead_lettered_with_DingTalks_code()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = bench.Add(1);
        conference.UnionIds = [];

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.Equal("permissionError", Assert.IsType<RecoveryAction.DeadLetter>(action).Reason);
    }

    public static TheoryData<string, ArchiveOptions, double> Unwanted => new()
    {
        { SkipReasons.TooShort, new ArchiveOptions { MinDuration = TimeSpan.FromHours(9) }, 1 },
        { SkipReasons.NotComposed, new ArchiveOptions { Videos = ArchivedVideos.Composed }, 1 },
        { SkipReasons.TooLarge, new ArchiveOptions { MaxBytes = 2_000_000 }, 3 },
    };

    [Theory]
    [MemberData(nameof(Unwanted))]
    public async Task What_the_settings_do_not_want_is_skipped_and_says_why(string reason, ArchiveOptions options, double mebibytes)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite, options);
        var conference = bench.Add(mebibytes);

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));
        var calls = conference.PlayInfoCalls;
        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var sidecar = (await bench.ExpectNoFileAsync(conference))!;
        Assert.Equal((ArchiveState.Skipped, reason), (sidecar.State, sidecar.Reason));
        Assert.Equal(reason == SkipReasons.TooLarge ? 1 : 0, calls);
        Assert.Equal(calls, conference.PlayInfoCalls);
    }

    [Fact]
    public async Task A_file_without_a_length_that_grows_too_large_is_skipped()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite, new ArchiveOptions { MaxBytes = 2_000_000 });
        var conference = bench.Add(3, new MediaTraits { Ranges = false, ContentLength = false });

        await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.Equal(SkipReasons.TooLarge, (await bench.ExpectNoFileAsync(conference))!.Reason);
    }

    [Theory]
    [InlineData("vod.mcs.dingtalk.com", null)]
    [InlineData("127.0.0.1", "https://169.254.169.254/metadata")]
    [InlineData("127.0.0.1", "http://example.com/file.mp4")]
    [InlineData("127.0.0.1", "file:///etc/passwd")]
    public async Task A_URL_that_leads_elsewhere_is_not_asked_for(string allowed, string? redirect)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite, null, allowed);
        var conference = bench.Add(1);
        if (redirect is not null)
        {
            conference.MediaScript.Add(new ScriptedAnswer.Redirect(new Uri(redirect)), int.MaxValue);
        }

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        var dead = Assert.IsType<RecoveryAction.DeadLetter>(action);
        Assert.Equal((ArchiveReasons.SourceNotAllowed, "source.hostNotAllowed"), (dead.Reason, dead.Failure.Code));
        Assert.DoesNotContain("auth_key", dead.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(redirect is null ? 0 : 1, bench.DingTalk.Ledger.MediaRequestsOf(conference.Id).Count);
    }

    [Fact]
    public async Task An_allowed_host_that_stands_for_no_public_address_is_not_connected_to()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite, null, "127.0.0.1", "10.0.0.1");
        var conference = bench.Add(1);
        conference.MediaScript.Add(new ScriptedAnswer.Redirect(new Uri("https://10.0.0.1/file.mp4")), int.MaxValue);

        var (_, action) = await bench.RunToTheEndAsync(ArchiveBench.FirstSlice(conference));

        Assert.Equal("source.addressNotAllowed", Assert.IsType<RecoveryAction.DeadLetter>(action).Failure.Code);
    }

    [Fact]
    public async Task The_calls_of_a_day_are_not_exceeded()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite, new ArchiveOptions { CallsPerDay = 1 });
        var (one, other) = (bench.Add(1), bench.Add(1));

        await bench.RunAsync(ArchiveBench.FirstSlice(one));
        var result = await bench.RunAsync(ArchiveBench.FirstSlice(other));

        Assert.InRange(Assert.IsType<SliceOutcome.Postponed>(result.Outcome).Wait, TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.Equal(0, other.PlayInfoCalls);
    }
}
