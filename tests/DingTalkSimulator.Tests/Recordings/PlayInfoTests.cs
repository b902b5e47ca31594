using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Tests.Recordings;

public sealed class PlayInfoTests : RecordingTest
{
    [Fact]
    public async Task Each_video_has_a_playlist_a_file_a_size_and_a_length()
    {
        var conference = Tenant.AddConference();

        var (status, body) = await GetPlayInfosAsync(conference, conference.Videos[1]);

        Assert.Equal(200, status);
        Assert.Equal(["duration", "mp4FileUrl", "playUrl", "size", "status"], body.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(conference.Videos[1].FileSize, body.GetProperty("size").GetInt64());
        Assert.Equal(conference.Videos[1].Duration, body.GetProperty("duration").GetInt64());
        Assert.Matches(
            "^http://127.0.0.1:[0-9]+/vod/[0-9a-f]{32}/[0-9a-f-]+-sd.mp4\\?auth_key=", body.GetProperty("mp4FileUrl").GetString());
        Assert.Equal((ApiOperation.PlayInfos, 1), (Server.Ledger.Calls[^1].Operation, conference.PlayInfoCalls));
    }

    [Theory]
    [InlineData(SizeField.Size, "size")]
    [InlineData(SizeField.FileSize, "fileSize")]
    [InlineData(SizeField.Both, "fileSize,size")]
    public async Task The_size_has_the_name_of_the_sample_of_the_table_or_both(SizeField field, string names)
    {
        var conference = Add(new MediaTraits { SizeField = field });

        var (_, body) = await GetPlayInfosAsync(conference, conference.Videos[0]);

        var sizes = body.EnumerateObject().Select(one => one.Name).Where(name => name.EndsWith("ize", StringComparison.Ordinal));
        Assert.Equal(names, string.Join(',', sizes.Order()));
    }

    [Fact]
    public async Task By_default_both_names_occur()
    {
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference());

        Assert.True((await GetPlayInfosAsync(one, one.Videos[0])).Body.TryGetProperty("size", out _));
        Assert.True((await GetPlayInfosAsync(other, other.Videos[0])).Body.TryGetProperty("fileSize", out _));
    }

    [Fact]
    public async Task There_may_be_a_playlist_and_no_file()
    {
        var conference = Add(new MediaTraits { HasMp4 = false });

        var (_, body) = await GetPlayInfosAsync(conference, conference.Videos[0]);
        using var playlist = await DownloadAsync(new Uri(body.GetProperty("playUrl").GetString()!));

        Assert.False(body.TryGetProperty("mp4FileUrl", out _));
        Assert.StartsWith("#EXTM3U", await playlist.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unionId={0}&mediaId={1}&regionId=", 400, "paramsError")]
    [InlineData("unionId={0}&mediaId=&regionId={2}", 400, "paramsError")]
    [InlineData("unionId=&mediaId={1}&regionId={2}", 400, "paramsError")]
    [InlineData("unionId=nobody&mediaId={1}&regionId={2}", 400, "unknownUserError")]
    [InlineData("unionId={3}&mediaId={1}&regionId={2}", 404, "permissionError")]
    [InlineData("unionId={0}&mediaId=other&regionId={2}", 400, "cloudRecordNotFound")]
    [InlineData("unionId={0}&mediaId={1}&regionId=other", 400, "cloudRecordNotFound")]
    public async Task A_call_that_names_the_wrong_thing_is_an_error(string query, int status, string code)
    {
        var (conference, other) = (Tenant.AddConference(), Tenant.AddConference());
        var video = conference.Videos[0];
        var filled = string.Format(null, query, conference.CreatorUnionId, video.MediaId, video.RegionId, other.CreatorUnionId);

        var answer = await GetAsync(conference, $"videos/getPlayInfos?{filled}");

        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_video_that_is_not_listed_yet_is_not_found_and_a_script_comes_first()
    {
        var conference = Tenant.AddConference(new MeetingPlan
        {
            Traits = new MeetingTraits { Times = new MeetingTimes { FirstVideoAfter = TimeSpan.FromMinutes(1) } },
        });
        conference.PlayInfoScript.Add(ScriptedAnswer.ApiError.Of("systemError"));

        var (_, scripted) = await GetPlayInfosAsync(conference, conference.Videos[0]);
        Assert.Equal("systemError", scripted.GetProperty("code").GetString());
        var (_, early) = await GetPlayInfosAsync(conference, conference.Videos[0]);
        Assert.Equal("cloudRecordNotFound", early.GetProperty("code").GetString());
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await GetPlayInfosAsync(conference, conference.Videos[0])).Status);
    }

    [Fact]
    public async Task A_smaller_rendition_has_a_size_of_its_own()
    {
        var conference = Add(new MediaTraits { SmallerRendition = true, SizeField = SizeField.Size });
        var video = conference.Videos[0];

        var (_, body) = await GetPlayInfosAsync(conference, video);
        using var file = await DownloadAsync(new Uri(body.GetProperty("mp4FileUrl").GetString()!));

        Assert.True(body.GetProperty("size").GetInt64() < video.FileSize);
        Assert.Equal(body.GetProperty("size").GetInt64(), file.Content.Headers.ContentLength);
    }

    private SimulatedConference Add(MediaTraits media)
        => Tenant.AddConference(new MeetingPlan { Traits = new MeetingTraits { Media = media } });
}
