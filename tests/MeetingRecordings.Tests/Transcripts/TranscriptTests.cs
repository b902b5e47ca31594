using CsCheck;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

public sealed class TranscriptTests
{
    [Fact]
    public void Merging_does_not_ask_which_came_first()
        => Gen.Select(TranscriptGen.Transcript, TranscriptGen.Transcript).Sample(
            static (a, b) => Same(a.Merge(b), b.Merge(a)),
            print: static pair => $"{TranscriptGen.Print(pair.Item1)}\n{TranscriptGen.Print(pair.Item2)}");

    [Fact]
    public void Merging_does_not_ask_how_transcripts_are_grouped()
        => Gen.Select(TranscriptGen.Transcript, TranscriptGen.Transcript, TranscriptGen.Transcript).Sample(
            static (a, b, c) => Same(a.Merge(b).Merge(c), a.Merge(b.Merge(c))),
            print: static t => $"{TranscriptGen.Print(t.Item1)}\n{TranscriptGen.Print(t.Item2)}\n{TranscriptGen.Print(t.Item3)}");

    [Fact]
    public void Merging_what_is_known_already_changes_nothing()
        => Gen.Select(TranscriptGen.Transcript, TranscriptGen.Transcript).Sample(
            static (a, b) => Same(a.Merge(a), a) && Same(a.Merge(b).Merge(b), a.Merge(b)) && Same(a.Merge(b).Merge(a), a.Merge(b)),
            print: static pair => $"{TranscriptGen.Print(pair.Item1)}\n{TranscriptGen.Print(pair.Item2)}");

    [Fact]
    public void Merging_keeps_every_paragraph_of_both_and_none_twice()
        => Gen.Select(TranscriptGen.Transcript, TranscriptGen.Transcript).Sample(static (a, b) =>
        {
            var merged = a.Merge(b).Paragraphs;
            return merged.Distinct().Count() == merged.Length && merged.ToHashSet().SetEquals(a.Paragraphs.Concat(b.Paragraphs));
        });

    [Fact]
    public void Pages_in_any_order_and_repetition_end_in_the_same_bytes()
        => Gen.Select(TranscriptGen.Paragraph.Array[1, 8], Gen.Int[0, 7].Array[0, 12], Gen.UInt).Sample(static (paragraphs, repeated, number) =>
        {
            var seed = (int)(number >> 1);
            var read = paragraphs.Concat(repeated.Select(i => paragraphs[i % paragraphs.Length])).ToArray();
            new Random(seed).Shuffle(read);

            var merged = read
                .Chunk(1 + (seed % 3))
                .Select(static page => new Transcript(TranscriptGen.ConferenceId, page))
                .Aggregate(static (known, page) => TranscriptJson.Deserialize(TranscriptJson.Serialize(known)).Merge(page));

            return Same(merged, new Transcript(TranscriptGen.ConferenceId, paragraphs));
        });

    [Fact]
    public void Paragraphs_are_ordered_by_start_and_those_without_one_come_last()
    {
        var transcript = new Transcript(
            "conf-1",
            [
                new Paragraph { Text = "last" },
                new Paragraph { StartMs = 10_000, Text = "third" },
                new Paragraph { StartMs = 9_000, EndMs = 9_500, Text = "first" },
                new Paragraph { StartMs = 9_000, Text = "second" },
            ]);

        Assert.Equal(["first", "second", "third", "last"], transcript.Paragraphs.Select(static p => p.Text));
    }

    [Fact]
    public void No_culture_orders_by_its_own_letters()
    {
        var transcript = new Transcript("conf-1", [.. new[] { "ä", "z", "a", "Z" }.Select(static text => new Paragraph { Text = text })]);

        Assert.Equal(["Z", "a", "z", "ä"], transcript.Paragraphs.Select(static p => p.Text));
    }

    [Fact]
    public void Two_with_the_same_paragraphs_are_the_same()
    {
        Paragraph[] paragraphs = [new() { Text = "a", Sentences = [new Sentence(0, 1, "a")] }, new() { Text = "b" }];

        Assert.Equal(new Transcript("conf-1", paragraphs), new Transcript("conf-1", paragraphs.Reverse()));
        Assert.Equal(new Transcript("conf-1", paragraphs).GetHashCode(), new Transcript("conf-1", paragraphs.Reverse()).GetHashCode());
        Assert.NotEqual(new Transcript("conf-1", paragraphs), new Transcript("conf-2", paragraphs));
        Assert.NotEqual(new Transcript("conf-1", paragraphs), new Transcript("conf-1", paragraphs[..1]));
    }

    [Fact]
    public void Two_conferences_are_not_merged()
        => Assert.Throws<ArgumentException>(() => new Transcript("conf-1", []).Merge(new Transcript("CONF-1", [])));

    private static bool Same(Transcript a, Transcript b)
        => a == b && TranscriptJson.Serialize(a).AsSpan().SequenceEqual(TranscriptJson.Serialize(b));
}
