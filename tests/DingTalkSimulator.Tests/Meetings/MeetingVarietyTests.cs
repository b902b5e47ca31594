using DingTalkSimulator.Meetings;

namespace DingTalkSimulator.Tests.Meetings;

public sealed class MeetingVarietyTests : SimulatorTest
{
    [Fact]
    public async Task Conference_info_has_every_field_that_is_documented_and_still_returned()
    {
        var conference = Tenant.AddConference(new MeetingPlan { BizType = "3", Title = "a <b> \"title\" 标题" });

        var info = await InfoAsync(conference);

        Assert.Equal(
            [
                "activeNum", "attendNum", "bizType", "cloudRecordOwnerUnionId", "cloudRecordStatus", "confDuration", "conferenceId",
                "creatorId", "creatorNick", "endTime", "externalLinkUrl", "invitedNum", "roomCode", "scheduleConferenceId", "startTime",
                "status", "title",
            ],
            info.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("a <b> \"title\" 标题", info.GetProperty("title").GetString());
        Assert.Equal(conference.ScheduleConferenceId, info.GetProperty("scheduleConferenceId").GetString());
        Assert.Contains($"roomCode={conference.RoomCode}", info.GetProperty("externalLinkUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_scheduled_meeting_has_the_id_of_a_schedule()
    {
        var conference = Tenant.AddConference(new MeetingPlan { BizType = "0" });

        Assert.False((await InfoAsync(conference)).TryGetProperty("scheduleConferenceId", out _));
    }

    [Fact]
    public void Titles_are_of_every_kind_that_may_break_something()
    {
        var titles = Enumerable.Range(0, 20).Select(_ => Tenant.AddConference(videos: 0).Title).ToArray();

        Assert.Contains(titles, title => title.Any(letter => letter is >= '一' and <= '鿿'));
        Assert.Contains(titles, title => title.Any(letter => letter is >= '؀' and <= 'ۿ'));
        Assert.Contains(titles, title => title.Contains("<script>", StringComparison.Ordinal));
        Assert.Contains(titles, title => title.Length > 200);
        Assert.Contains(titles, title => title.StartsWith('='));
        Assert.Contains(titles, title => title.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void Room_codes_have_nine_digits_and_each_meeting_its_own()
    {
        var codes = Enumerable.Range(0, 100).Select(_ => Tenant.AddConference(videos: 0).RoomCode).ToArray();

        Assert.All(codes, code => Assert.Matches("^[0-9]{9}$", code));
        Assert.Equal(codes.Length, codes.Distinct().Count());
    }

    [Fact]
    public void Meetings_are_scheduled_instant_and_by_voice()
    {
        var types = Enumerable.Range(0, 20).Select(_ => Tenant.AddConference(videos: 0).BizType);

        Assert.Equal(["0", "3", "audio_conf"], types.Distinct().Order());
    }

    [Fact]
    public void What_a_plan_says_is_not_made_up()
    {
        var plan = new MeetingPlan
        {
            ConferenceId = "mine",
            Videos = 1,
            CreatorUnionId = "creator",
            OwnerUnionId = "owner",
            StartedAt = Now.AddHours(-30),
            Title = "title",
            BizType = "rooms_conf",
            RoomCode = "123456789",
            ScheduleConferenceId = "schedule",
        };

        var conference = Tenant.AddConference(plan);

        Assert.Equal(
            plan,
            new MeetingPlan
            {
                ConferenceId = conference.Id,
                Videos = conference.Videos.Count,
                CreatorUnionId = conference.CreatorUnionId,
                OwnerUnionId = conference.RecorderUnionId,
                StartedAt = conference.StartedAt,
                Title = conference.Title,
                BizType = conference.BizType,
                RoomCode = conference.RoomCode,
                ScheduleConferenceId = conference.ScheduleConferenceId,
            });
        Assert.Equal("owner", conference.Videos[0].UnionId);
        Assert.Equal(Now, conference.EndedAt);
    }
}
