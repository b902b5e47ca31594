using CsCheck;

namespace MeetingRecordings.Tests.Transcripts;

public sealed class TranscriptGenTests
{
    [Fact]
    public void Whatever_is_known_of_a_paragraph_is_among_the_transcripts_that_are_tried()
    {
        var tried = TranscriptGen.Paragraph.Array[500].Single();

        Assert.All(
            typeof(MeetingRecordings.Transcripts.Paragraph).GetProperties(),
            property => Assert.True(tried.Select(property.GetValue).Distinct().Count() > 2, property.Name));
    }
}
