using DingTalkSimulator.Meetings;

namespace DingTalkSimulator.Tests.Meetings;

public sealed class MeetingTimesTests : SimulatorTest
{
    private static readonly MeetingTimes Slow = new()
    {
        RecordingEndsAfter = TimeSpan.FromMinutes(1),
        FirstVideoAfter = TimeSpan.FromMinutes(5),
        NextVideoAfter = TimeSpan.FromMinutes(2),
        MergedAfter = TimeSpan.FromMinutes(20),
        SummaryAfter = TimeSpan.FromMinutes(3),
    };

    [Fact]
    public async Task By_default_everything_is_there_when_the_meeting_ends()
    {
        var conference = Tenant.AddConference();

        Assert.Equal(3, (await InfoAsync(conference)).GetProperty("cloudRecordStatus").GetInt32());
        Assert.Equal(conference.Videos.Select(video => video.MediaId), (await GetListAsync(conference)).Select(video => video.MediaId));
        Assert.DoesNotContain(conference.Videos, video => video.RecordType != 0);
    }

    [Theory]
    [InlineData(RecordStatus.Recording, 1)]
    [InlineData(RecordStatus.Paused, 2)]
    public async Task The_recording_ends_after_its_time(RecordStatus meanwhile, int number)
    {
        var conference = Add(new MeetingTraits { Times = Slow, StatusMeanwhile = meanwhile });

        Assert.Equal(number, (await InfoAsync(conference)).GetProperty("cloudRecordStatus").GetInt32());
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await InfoAsync(conference)).GetProperty("cloudRecordStatus").GetInt32());
    }

    [Fact]
    public async Task A_meeting_that_nobody_recorded_never_looks_as_if_it_were_recorded()
    {
        var conference = Add(new MeetingTraits { Times = Slow });
        conference.RecordStatus = RecordStatus.NotRecorded;

        var info = await InfoAsync(conference);

        Assert.Equal(0, info.GetProperty("cloudRecordStatus").GetInt32());
        Assert.False(info.TryGetProperty("cloudRecordOwnerUnionId", out _));
    }

    [Fact]
    public async Task Segments_are_listed_one_after_the_other_and_the_composed_file_last()
    {
        var conference = Add(new MeetingTraits { Times = Slow });

        Assert.Equal("cloudRecordNotFound", (await GetErrorAsync(conference)).Code);
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([conference.Videos[0].MediaId], await MediaIdsAsync(conference));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(conference.Videos.Take(2).Select(video => video.MediaId), await MediaIdsAsync(conference));
        Clock.Advance(TimeSpan.FromMinutes(13));
        Assert.Equal(conference.Videos.Select(video => video.MediaId), await MediaIdsAsync(conference));
    }

    [Fact]
    public void The_composed_file_holds_all_segments_under_their_record_id()
    {
        var conference = Add(new MeetingTraits { Times = Slow });

        var (segments, composed) = (conference.Videos.Take(2).ToArray(), conference.Videos[2]);

        Assert.Equal(1, composed.RecordType);
        Assert.Equal(segments.Sum(video => video.FileSize), composed.FileSize);
        Assert.Equal(segments.Sum(video => video.Duration), composed.Duration);
        Assert.Equal((segments[0].StartTime, segments[1].EndTime), (composed.StartTime, composed.EndTime));
        Assert.Equal(segments[0].RecordId, composed.RecordId);
        Assert.DoesNotContain(composed.MediaId, segments.Select(video => video.MediaId));
        Assert.Equal(composed, conference.Videos[2]);
    }

    [Fact]
    public async Task A_video_is_listed_only_some_time_after_it_was_made()
    {
        var conference = Add(new MeetingTraits { Times = new MeetingTimes { ListedAfter = TimeSpan.FromSeconds(30) } });

        Assert.Equal("cloudRecordNotFound", (await GetErrorAsync(conference)).Code);
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, (await GetListAsync(conference)).Count);
    }

    [Theory]
    [InlineData(NothingFound.Error, "cloudRecordNotFound")]
    [InlineData(NothingFound.ErrorWithJunk, "cloudRecordNotFound%!(EXTRA string=50513)")]
    public async Task That_there_is_nothing_is_an_error_with_or_without_junk(NothingFound form, string code)
    {
        var conference = Add(new MeetingTraits { NothingFound = form }, videos: 0);

        Assert.Equal(code, (await GetErrorAsync(conference)).Code);
    }

    [Fact]
    public async Task That_there_is_nothing_may_be_an_empty_list()
    {
        var conference = Add(new MeetingTraits { NothingFound = NothingFound.EmptyList }, videos: 0);

        Assert.Empty(await GetListAsync(conference));
    }

    [Fact]
    public async Task A_meeting_that_goes_on_is_started_and_being_recorded_until_it_ends()
    {
        var conference = Tenant.AddConference(new MeetingPlan { EndsIn = TimeSpan.FromMinutes(40) });

        var running = await InfoAsync(conference);
        Assert.Equal((2, 1), (running.GetProperty("status").GetInt32(), running.GetProperty("cloudRecordStatus").GetInt32()));
        Assert.False(running.TryGetProperty("endTime", out _) || running.TryGetProperty("confDuration", out _));
        Assert.Equal("cloudRecordNotFound", (await GetErrorAsync(conference)).Code);
        Assert.Equal(Now, conference.StartedAt);

        Clock.Advance(TimeSpan.FromMinutes(40));
        var ended = await InfoAsync(conference);
        Assert.Equal((1, 3), (ended.GetProperty("status").GetInt32(), ended.GetProperty("cloudRecordStatus").GetInt32()));
        Assert.Equal(Now.AddMinutes(40).ToUnixTimeMilliseconds(), ended.GetProperty("endTime").GetInt64());
        Assert.Equal(2, (await GetListAsync(conference)).Count);
    }

    [Fact]
    public void The_organisations_traits_hold_for_meetings_added_later_and_a_meetings_own_for_it_alone()
    {
        var before = Tenant.AddConference();
        Tenant.Traits = Tenant.Traits with { Meeting = new MeetingTraits { Times = Slow } };
        var after = Tenant.AddConference();
        after.Traits = after.Traits with { WhoSees = WhoSees.Nobody };

        Assert.Equal(new MeetingTimes(), before.Traits.Times);
        Assert.Equal((Slow, WhoSees.Nobody), (after.Traits.Times, after.Traits.WhoSees));
        Assert.Equal(WhoSees.Both, Tenant.AddConference().Traits.WhoSees);
    }

    private SimulatedConference Add(MeetingTraits traits, int videos = 2)
        => Tenant.AddConference(new MeetingPlan { Videos = videos, Traits = traits });

    private async Task<IEnumerable<string?>> MediaIdsAsync(SimulatedConference conference)
        => (await GetListAsync(conference)).Select(video => video.MediaId);
}
