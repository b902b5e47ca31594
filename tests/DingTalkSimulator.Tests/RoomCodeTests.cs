using System.Net.Http.Json;
using System.Text.Json;
using DingTalkSimulator.Meetings;

namespace DingTalkSimulator.Tests;

public sealed class RoomCodeTests : SimulatorTest
{
    private const string RoomCode = "427200123";

    [Fact]
    public async Task A_room_code_leads_to_its_conference()
    {
        var conference = Tenant.AddConference(new MeetingPlan { BizType = "3" });

        var (status, body) = await AskAsync(conference.RoomCode);

        Assert.Equal((200, 1, false), (status, body.GetProperty("totalCount").GetInt32(), body.GetProperty("hasMore").GetBoolean()));
        var found = Assert.Single(body.GetProperty("conferenceList").EnumerateArray());
        Assert.Equal(
            [
                "bizType", "confDuration", "conferenceId", "creatorId", "creatorNick", "endTime", "externalLinkUrl", "roomCode",
                "scheduleConferenceId", "startTime", "status", "title",
            ],
            found.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(conference.Id, found.GetProperty("conferenceId").GetString());
        Assert.Equal(ApiOperation.RoomCodeInfos, Server.Ledger.Calls[^1].Operation);
    }

    [Fact]
    public async Task The_meetings_of_a_series_come_in_pages()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Tenant.AddConference(new MeetingPlan { RoomCode = RoomCode }).Id).ToArray();
        var found = new List<string?>();
        string? token = null;
        for (var hasMore = true; hasMore;)
        {
            var (_, body) = await AskAsync($"{RoomCode}", $"?maxResults=2&nextToken={token}");
            found.AddRange(body.GetProperty("conferenceList").EnumerateArray().Select(one => one.GetProperty("conferenceId").GetString()));
            hasMore = body.GetProperty("hasMore").GetBoolean();
            token = hasMore ? body.GetProperty("nextToken").GetString() : null;
        }

        Assert.Equal(ids, found);
    }

    [Theory]
    [InlineData("999999999", "", "invalidRoomCode")]
    [InlineData("427%20200%20123", "", "invalidRoomCode")]
    [InlineData(RoomCode, "?maxResults=0", "paramError")]
    [InlineData(RoomCode, "?maxResults=101", "paramError")]
    [InlineData(RoomCode, "?nextToken=x", "paramError")]
    public async Task What_cannot_be_answered_is_an_error(string roomCode, string query, string code)
    {
        Tenant.AddConference(new MeetingPlan { RoomCode = RoomCode });

        var (status, body) = await AskAsync(roomCode, query);

        Assert.Equal((400, code), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_page_beyond_the_last_is_empty()
    {
        Tenant.AddConference(new MeetingPlan { RoomCode = RoomCode });

        var (_, body) = await AskAsync(RoomCode, "?nextToken=7");

        Assert.Equal((0, false), (body.GetProperty("conferenceList").GetArrayLength(), body.GetProperty("hasMore").GetBoolean()));
    }

    private async Task<(int Status, JsonElement Body)> AskAsync(string roomCode, string query = "")
    {
        using var answer = await CallAsync($"v1.0/conference/roomCodes/{roomCode}/infos{query}", await GetTokenAsync());
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }
}
