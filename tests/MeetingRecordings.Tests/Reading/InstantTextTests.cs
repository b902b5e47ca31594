using System.Globalization;
using CsCheck;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Tests.Reading;

public sealed class InstantTextTests
{
    private static readonly DateTimeOffset Eight = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-23T08:00:00Z")]
    [InlineData("2026-11-23t08:00:00z")]
    [InlineData("2026-11-23 08:00:00Z")]
    [InlineData("2026-11-23T08:00Z")]
    [InlineData("2026-11-23T08Z")]
    [InlineData("2026-11-23T16:00:00+08")]
    [InlineData("2026-11-23T16:00:00+08:00")]
    [InlineData("2026-11-23T16:00:00+0800")]
    [InlineData("2026-11-23T08:00:00-00:00")]
    [InlineData("2026-11-22T08:30:00-23:30")]
    [InlineData("2026-11-23T16:00:00+08:00[Asia/Shanghai]")]
    [InlineData("20261123T080000Z")]
    [InlineData("20261123T0800Z")]
    [InlineData("2026-327T08:00:00Z")]
    [InlineData("2026327T080000Z")]
    [InlineData("2026-W48-1T08:00:00Z")]
    [InlineData("2026W481T080000Z")]
    [InlineData("2026-11-22T24:00:00-08:00")]
    [InlineData("2026-11-23T07:59:60Z")]
    [InlineData("2026-11-23T08:00:00.000000000Z")]
    public void Every_spelling_of_an_instant_with_its_offset_is_read(string text)
    {
        Assert.True(InstantText.TryParse(text, out var instant));
        Assert.Equal((Eight, TimeSpan.Zero), (instant!.Value, instant.Value.Offset));
    }

    [Theory]
    [InlineData("2026-11-23T08:00:00.123456789Z", 1_234_567)]
    [InlineData("2026-11-23T08:00:00.999999999999999999999999999999Z", 9_999_999)]
    [InlineData("2026-11-23T08:00:00,5Z", 5_000_000)]
    [InlineData("2026-11-23T08:00.5Z", 300_000_000)]
    [InlineData("2026-11-23T08.25Z", 9_000_000_000)]
    public void A_fraction_is_one_of_the_last_unit_and_is_cut_to_what_is_kept(string text, long ticks)
    {
        Assert.True(InstantText.TryParse(text, out var instant));
        Assert.Equal(Eight.AddTicks(ticks), instant);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("0000-00-00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("1601-01-01T00:00:00Z")]
    [InlineData("1899-12-30T00:00:00")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1970-01-01T08:00:00+08:00")]
    [InlineData("1969-12-31T16:00:00.000-0800")]
    [InlineData("2000-01-01T00:00:00+14:00")]
    [InlineData("2199-12-31T23:00:00-02:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.9999999")]
    [InlineData("9999-12-31")]
    public void A_time_at_which_no_meeting_was_says_that_there_is_none(string text)
    {
        Assert.True(InstantText.TryParse(text, out var instant));
        Assert.Null(instant);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("yesterday")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T08:00:00")]
    [InlineData("2026-11-31T08:00:00Z")]
    [InlineData("2026-13-01T08:00:00Z")]
    [InlineData("2025-02-29T08:00:00Z")]
    [InlineData("2026-366T08:00:00Z")]
    [InlineData("2026-000T08:00:00Z")]
    [InlineData("2025-W53-1T08:00:00Z")]
    [InlineData("2026-W00-1T08:00:00Z")]
    [InlineData("2026-11-23T24:00:01Z")]
    [InlineData("2026-11-23T25:00:00Z")]
    [InlineData("2026-11-23T08:60:00Z")]
    [InlineData("2026-11-23T08:00:60Z")]
    [InlineData("2026-11-23T08:00:61Z")]
    [InlineData("2026-11-23T08:00:00+24:00")]
    [InlineData("2026-11-23T08:00:00+08:60")]
    [InlineData("2026-11-23T08:00:00 Z")]
    [InlineData("2026-11-23T08:00:00Z\n")]
    [InlineData(" 2026-11-23T08:00:00Z")]
    [InlineData("23/11/2026 08:00:00Z")]
    [InlineData("２０２６-11-23T08:00:00Z")]
    [InlineData("1795420800000")]
    [InlineData("-2026-11-23T08:00:00Z")]
    public void What_is_no_instant_with_an_offset_is_refused(string? text) => Assert.False(InstantText.TryParse(text, out _));

    [Fact]
    public void What_NET_writes_is_read_back()
        => Gen.Select(Gen.Long[new DateTime(2000, 1, 2).Ticks, new DateTime(2199, 12, 30).Ticks], Gen.Int[-14, 14]).Sample(
            static (ticks, hours) =>
            {
                var time = new DateTimeOffset(ticks, TimeSpan.Zero);
                var local = time.ToOffset(TimeSpan.FromHours(hours));
                return InstantText.TryParse(local.ToString("O", CultureInfo.InvariantCulture), out var read) && read == time;
            });

    [Fact]
    public void No_text_whatever_makes_the_reader_throw_and_what_it_reads_is_plausible()
    {
        var parts = Gen.OneOf(
            "2026", "0001", "9999", "-", ":", "T", "t", " ", "Z", "+", "08", "99", "366", "W", "53", "7", ".", ",", "999999999", "[x]", "\0", "٣");
        Gen.OneOf(Gen.String, parts.Array[0, 16].Select(string.Concat)).Sample(static text =>
            !InstantText.TryParse(text, out var instant) || instant is null || (instant.Value.Year is >= 2000 and < 2200 && instant.Value.Offset == default));
    }
}
