using System.Text.Json;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace DingTalkSimulator.Tests;

public sealed class GetVideosTests : SimulatorTest
{
    [Fact]
    public async Task The_products_client_reads_every_field_of_the_videos()
    {
        var conference = Tenant.AddConference(videos: 3);

        var videos = await GetAsync(conference.Id, conference.CreatorUnionId);

        Assert.Equal(
            conference.Videos.Select(video => new Video
            {
                RecordId = video.RecordId,
                MediaId = video.MediaId,
                RegionId = video.RegionId,
                RecordType = "standard",
                RecorderUnionId = video.UnionId,
                StartTime = DateTimeOffset.FromUnixTimeMilliseconds(video.StartTime),
                EndTime = DateTimeOffset.FromUnixTimeMilliseconds(video.EndTime),
                DurationMs = video.Duration,
                FileSize = video.FileSize,
            }),
            videos);
    }

    [Fact]
    public void Videos_of_one_conference_share_the_record_id_and_have_media_ids_of_their_own()
    {
        var conference = Tenant.AddConference(videos: 4);

        Assert.Single(conference.Videos.Select(video => video.RecordId).Distinct());
        Assert.Equal(4, conference.Videos.Select(video => video.MediaId).Distinct().Count());
    }

    [Fact]
    public async Task A_user_who_is_not_on_the_conferences_list_is_unknown_until_put_on_it()
    {
        var conference = Tenant.AddConference();

        Assert.Equal("unknownUserError", await GetErrorAsync(conference.Id, "somebodyElse"));
        conference.UnionIds = [conference.CreatorUnionId, "somebodyElse"];
        Assert.Equal(2, (await GetAsync(conference.Id, "somebodyElse")).Count);
    }

    [Theory]
    [InlineData(RecordStatus.NotRecorded, 2)]
    [InlineData(RecordStatus.Recording, 2)]
    [InlineData(RecordStatus.Paused, 2)]
    [InlineData(RecordStatus.Ended, 0)]
    public async Task Without_a_finished_recording_nothing_is_found(RecordStatus status, int videos)
    {
        var conference = Tenant.AddConference(videos: videos);
        conference.RecordStatus = status;

        Assert.Equal("cloudRecordNotFound", await GetErrorAsync(conference.Id, conference.CreatorUnionId));
    }

    [Fact]
    public async Task An_unknown_conference_has_no_recording_and_no_info()
    {
        Assert.Equal("cloudRecordNotFound", await GetErrorAsync("656565656565656565656565", "anybody"));

        var info = await Client.GetConferenceInfoAsync(null, "656565656565656565656565", Stop);
        Assert.Equal("roomNotFound", Assert.IsType<ApiAnswer<ConferenceInfo>.Failed>(info).Error.Code);
    }

    [Fact]
    public async Task A_segment_that_is_ready_later_is_listed_then()
    {
        var conference = Tenant.AddConference(videos: 1);
        Assert.Single(await GetAsync(conference.Id, conference.CreatorUnionId));

        var added = conference.AddVideo();

        Assert.Equal(added.MediaId, (await GetAsync(conference.Id, conference.CreatorUnionId))[^1].MediaId);
    }

    [Theory]
    [InlineData(RecordStatus.NotRecorded, false)]
    [InlineData(RecordStatus.Ended, true)]
    public async Task Conference_info_tells_whether_it_was_recorded_and_who_may_see_it(RecordStatus status, bool recorded)
    {
        var conference = Tenant.AddConference();
        conference.RecorderUnionId = "theRecorder";
        conference.RecordStatus = status;

        var answer = await Client.GetConferenceInfoAsync(null, conference.Id, Stop);

        var info = Assert.IsType<ApiAnswer<ConferenceInfo>.Ok>(answer).Value;
        Assert.Equal(recorded, info.WasRecorded);
        Assert.Equal(recorded ? ["theRecorder", conference.CreatorUnionId] : [conference.CreatorUnionId], info.UnionIds);
    }

    [Fact]
    public async Task A_path_that_DingTalk_does_not_have_is_an_errcode_in_a_200()
    {
        using var answer = await Http.PostAsync("oauth2/corpAccessToken", null, Stop);

        Assert.Equal(200, (int)answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(404, body.RootElement.GetProperty("errcode").GetInt32());
    }

    private async Task<IReadOnlyList<Video>> GetAsync(string conferenceId, string unionId)
        => Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Ok>(await Client.GetVideosAsync(null, conferenceId, unionId, Stop)).Value;

    private async Task<string> GetErrorAsync(string conferenceId, string unionId)
        => Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Failed>(await Client.GetVideosAsync(null, conferenceId, unionId, Stop)).Error.Code;
}
