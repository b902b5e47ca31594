using System.Security.Cryptography;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Tests.Recordings;

public sealed class MediaFileTests
{
    private const string MediaId = "faa1566c5bc24f21821ae2394f82db2e";

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 48)]
    [InlineData(3, 60)]
    [InlineData(31, 1)]
    [InlineData(40, 9)]
    [InlineData(47, 3)]
    [InlineData(48, 16)]
    [InlineData(1001, 7)]
    [InlineData(1003, 4096)]
    [InlineData(9_995, 5)]
    public void Any_part_is_what_the_whole_has_there(int offset, int length)
    {
        var file = new MediaFile(MediaId, 0, 10_000);
        var (whole, part) = (new byte[10_000], new byte[length]);

        file.Read(0, whole);
        file.Read(offset, part);

        Assert.Equal(whole[offset..(offset + length)], part);
    }

    [Fact]
    public void Five_gigabytes_take_no_memory_and_can_be_read_anywhere()
    {
        const long Length = 5L * 1024 * 1024 * 1024;
        var file = new MediaFile(MediaId, 0, Length);
        var (end, pair) = (new byte[8], new byte[16]);

        file.Read(Length - 8, end);
        file.Read(Length - 16, pair);

        Assert.Equal(end, pair[8..]);
        Assert.NotEqual(pair[..8], end);
    }

    [Fact]
    public void It_begins_as_an_MP4_whose_boxes_add_up_to_its_length()
    {
        var head = new byte[48];
        new MediaFile(MediaId, 0, 10_000).Read(0, head);

        Assert.Equal("ftypisom"u8, head.AsSpan(4, 8));
        Assert.Equal("mdat"u8, head.AsSpan(36, 4));
        var boxes = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head)
            + System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(40));
        Assert.Equal(10_000, boxes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10_000)]
    [InlineData(3_000_001)]
    public void Its_checksum_is_that_of_its_bytes(int length)
    {
        var file = new MediaFile(MediaId, 0, length);
        var whole = new byte[length];
        file.Read(0, whole);

        Assert.Equal(SHA256.HashData(whole), file.ComputeSha256());
    }

    [Fact]
    public void Another_id_version_or_length_is_another_file()
    {
        var file = new MediaFile(MediaId, 0, 10_000);
        MediaFile[] others = [file with { MediaId = "other" }, file with { Version = 1 }, file with { Length = 10_001 }];

        Assert.All(others, other => Assert.NotEqual(file.ETag, other.ETag));
        Assert.All(others, other => Assert.NotEqual(file.ComputeSha256(), other.ComputeSha256()));
        Assert.Equal(file.ETag, new MediaFile(MediaId, 0, 10_000).ETag);
        Assert.Matches("^\"[0-9A-F]{16}-2710\"$", file.ETag);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(9_999, 2)]
    [InlineData(10_001, 0)]
    public void What_lies_outside_of_it_cannot_be_read(long offset, int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MediaFile(MediaId, 0, 10_000).Read(offset, new byte[length]));
    }
}
