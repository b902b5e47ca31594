using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Transcripts;

namespace DingTalkSimulator.Tests.Recordings;

/// <summary>The product's own reader, with what getTexts may do.</summary>
public sealed class TranscriptReadingTests : RecordingTest
{
    private const int ThreePages = 4_100;

    public static TheoryData<TextTraits> Pagings =>
    [
        new TextTraits { Paragraphs = ThreePages },
        new TextTraits { Paragraphs = ThreePages, TokenAsText = true },
        new TextTraits { Paragraphs = ThreePages, TokenPlace = TokenPlace.Top },
        new TextTraits { Paragraphs = ThreePages, TokenPlace = TokenPlace.TopMisspelt, TokenAsText = true },
        new TextTraits { Paragraphs = ThreePages, Wrapped = true },
        new TextTraits { Paragraphs = ThreePages, Wrapped = true, TokenPlace = TokenPlace.Top },
    ];

    [Theory]
    [MemberData(nameof(Pagings))]
    public async Task All_that_was_said_is_read_in_as_few_calls_as_can_be(TextTraits traits)
    {
        var conference = Add(traits);

        var found = Assert.IsType<TranscriptOutcome.Found>(await ReadAsync(conference, conference.CreatorUnionId));

        Assert.Equal(
            conference.Texts.Select(text => (text.StartTime, text.EndTime, text.Text)).Order(),
            found.Transcript.Paragraphs.Select(p => (p.StartMs!.Value, p.EndMs!.Value, p.Text)).Order());
        Assert.Equal((conference.CreatorUnionId, false), (found.UnionId, found.Truncated));
        Assert.Equal(3, conference.TextCalls);
    }

    [Fact]
    public async Task A_token_that_never_advances_costs_one_call_more()
    {
        var conference = Add(new TextTraits { Stuck = true });

        var found = Assert.IsType<TranscriptOutcome.Found>(await ReadAsync(conference, conference.CreatorUnionId));

        Assert.Equal(conference.Texts.Count, found.Transcript.Paragraphs.Length);
        Assert.Equal(2, conference.TextCalls);
    }

    [Theory]
    [InlineData(NothingFound.Error, typeof(TranscriptOutcome.NotFound))]
    [InlineData(NothingFound.ErrorWithJunk, typeof(TranscriptOutcome.NotFound))]
    [InlineData(NothingFound.EmptyList, typeof(TranscriptOutcome.Empty))]
    public async Task Text_that_is_not_found_and_an_empty_list_are_told_apart(NothingFound form, Type outcome)
    {
        var conference = Add(new TextTraits { Paragraphs = 0 });
        conference.Traits = conference.Traits with { NothingFound = form };

        Assert.IsType(outcome, await ReadAsync(conference, conference.CreatorUnionId));
    }

    [Fact]
    public async Task A_user_who_may_not_read_it_is_followed_by_the_next()
    {
        var conference = Tenant.AddConference();

        var outcome = await ReadAsync(conference, "nobody", Tenant.AddConference().CreatorUnionId, conference.RecorderUnionId);

        Assert.Equal(conference.RecorderUnionId, Assert.IsType<TranscriptOutcome.Found>(outcome).UnionId);
    }

    private SimulatedConference Add(TextTraits texts)
        => Tenant.AddConference(new MeetingPlan { Traits = new MeetingTraits { Texts = texts } });

    private Task<TranscriptOutcome> ReadAsync(SimulatedConference conference, params string[] unionIds)
        => new TranscriptReader(Client).ReadAsync(null, conference.Id, unionIds, Stop);
}
