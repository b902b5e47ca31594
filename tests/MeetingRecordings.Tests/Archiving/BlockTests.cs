using CsCheck;
using MeetingRecordings.Archiving;

namespace MeetingRecordings.Tests.Archiving;

public sealed class BlockTests
{
    [Fact]
    public void Blocks_cover_a_file_without_gap_or_overlap()
        => Gen.Select(Gen.Long[1, 10_000], Gen.Int[1, 300]).Sample(static (length, blockLength) =>
        {
            var blocks = Block.Cut(length, blockLength);
            var next = 0L;
            foreach (var (index, block) in blocks.Index())
            {
                Assert.Equal((index, next), (block.Index, block.Offset));
                Assert.InRange(block.Length, 1, blockLength);
                Assert.Equal(block.Offset + block.Length - 1, block.Last);
                next += block.Length;
            }

            Assert.Equal(length, next);
            Assert.All(blocks.SkipLast(1), block => Assert.Equal(blockLength, block.Length));
        });

    [Fact]
    public void An_id_tells_place_length_and_version_and_all_ids_have_one_length()
    {
        var source = new SourceIdentity(100, "\"a\"");
        var block = new Block(1, 50, 50);
        string[] ids =
        [
            source.BlockIdOf(block),
            source.BlockIdOf(block with { Index = 2 }),
            source.BlockIdOf(block with { Length = 49 }),
            (source with { Length = 101 }).BlockIdOf(block),
            (source with { ETag = "\"b\"" }).BlockIdOf(block),
            (source with { ETag = null }).BlockIdOf(block),
            (source with { Length = null }).BlockIdOf(new Block(int.MaxValue, long.MaxValue, int.MaxValue)),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.Equal(SourceIdentity.BlockIdLength, id.Length));
        Assert.All(ids, static id => Convert.FromBase64String(id));
        Assert.Equal(ids[0], source.BlockIdOf(block));
    }

    [Theory]
    [InlineData(1L, "\"a\"", true)]
    [InlineData(1L, null, true)]
    [InlineData(null, "\"a\"", true)]
    [InlineData(2L, "\"a\"", false)]
    [InlineData(1L, "\"b\"", false)]
    public void What_an_answer_does_not_say_does_not_contradict(long? length, string? etag, bool agrees)
    {
        var known = new SourceIdentity(1, "\"a\"");
        var other = new SourceIdentity(length, etag);

        Assert.Equal((agrees, agrees), (known.Agrees(other), other.Agrees(known)));
    }
}
