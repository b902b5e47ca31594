using CsCheck;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

public sealed class ParagraphTests
{
    private static readonly Paragraph Whole = new()
    {
        Speaker = "s",
        UnionId = "u",
        RecordId = "r",
        StartMs = 1,
        EndMs = 2,
        Text = "t",
        Sentences = [new Sentence(1, 2, "t")],
    };

    public static TheoryData<Paragraph> Others =>
    [
        Whole with { Speaker = "S" },
        Whole with { Speaker = null },
        Whole with { Speaker = "" },
        Whole with { UnionId = null },
        Whole with { RecordId = "r2" },
        Whole with { StartMs = null },
        Whole with { StartMs = long.MaxValue },
        Whole with { EndMs = null },
        Whole with { Text = "t " },
        Whole with { Sentences = [] },
        Whole with { Sentences = [new Sentence(1, 2, "T")] },
        Whole with { Sentences = [new Sentence(null, 2, "t")] },
        Whole with { Sentences = [new Sentence(1, 3, "t")] },
        Whole with { Sentences = [new Sentence(1, 2, "t"), new Sentence(1, 2, "t")] },
    ];

    [Fact]
    public void One_with_the_same_fields_is_the_same()
    {
        var same = Whole with { Sentences = [new Sentence(1, 2, "t")] };

        Assert.Equal(Whole, same);
        Assert.Equal(Whole.GetHashCode(), same.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void One_that_differs_in_any_field_is_another(Paragraph other) => Assert.NotEqual(Whole, other);

    [Fact]
    public void A_time_that_is_not_known_is_no_time_at_all()
        => Assert.NotEqual(new Paragraph { StartMs = null }, new Paragraph { StartMs = long.MaxValue });

    [Fact]
    public void Their_order_is_total()
        => Gen.Select(TranscriptGen.Alike, TranscriptGen.Alike, TranscriptGen.Alike).Sample(static (a, b, c) =>
        {
            var order = TimeOrder.Instance;
            return Math.Sign(order.Compare(a, b)) == -Math.Sign(order.Compare(b, a))
                && (order.Compare(a, b) > 0 || order.Compare(b, c) > 0 || order.Compare(a, c) <= 0)
                && (order.Compare(a, b) == 0) == a.Equals(b);
        });
}
