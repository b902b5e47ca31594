using DingTalkSimulator.Meetings;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace DingTalkSimulator.Tests.Meetings;

public sealed class WhoSeesTests : SimulatorTest
{
    private const string Creator = "theCreator";
    private const string Owner = "theOwner";

    [Theory]
    [InlineData(WhoSees.Both, "ok", "ok")]
    [InlineData(WhoSees.Creator, "ok", "permissionError")]
    [InlineData(WhoSees.Owner, "permissionError", "ok")]
    [InlineData(WhoSees.Nobody, "permissionError", "permissionError")]
    public async Task Who_may_not_see_the_recordings_is_refused(WhoSees whoSees, string creator, string owner)
    {
        var conference = Tenant.AddConference(new MeetingPlan
        {
            CreatorUnionId = Creator,
            OwnerUnionId = Owner,
            Traits = new MeetingTraits { WhoSees = whoSees },
        });

        Assert.Equal(creator, await AskAsync(conference, Creator));
        Assert.Equal(owner, await AskAsync(conference, Owner));
        Assert.Equal("unknownUserError", await AskAsync(conference, "nobodyAtAll"));
    }

    [Fact]
    public async Task Somebody_of_the_organisation_who_has_nothing_to_do_with_it_may_not_see_it()
    {
        var (conference, other) = (Tenant.AddConference(), Tenant.AddConference());

        Assert.Equal("permissionError", await AskAsync(conference, other.CreatorUnionId));
    }

    [Fact]
    public void Of_four_meetings_one_is_owned_by_somebody_else_than_its_creator()
    {
        var conferences = Enumerable.Range(0, 40).Select(_ => Tenant.AddConference(videos: 1)).ToArray();

        Assert.Equal(10, conferences.Count(conference => conference.RecorderUnionId != conference.CreatorUnionId));
        Assert.All(conferences, conference => Assert.Equal(conference.RecorderUnionId, conference.Videos[0].UnionId));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 12)]
    [InlineData(3, 4)]
    public void How_many_are_can_be_chosen(int every, int foreign)
    {
        Tenant.Traits = Tenant.Traits with { ForeignOwnerEvery = every };

        var conferences = Enumerable.Range(0, 12).Select(_ => Tenant.AddConference(videos: 0));

        Assert.Equal(foreign, conferences.Count(one => one.RecorderUnionId != one.CreatorUnionId));
    }

    private async Task<string> AskAsync(SimulatedConference conference, string unionId)
        => await Client.GetVideosAsync(null, conference.Id, unionId, Stop) is ApiAnswer<IReadOnlyList<Video>>.Failed failed
            ? failed.Error.Code
            : "ok";
}
