using System.Globalization;
using System.Xml;
using CsCheck;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Tests.Reading;

public sealed class TimeSpanTextTests
{
    [Theory]
    [InlineData("24:00:00", 86_400)]
    [InlineData("36:00:00", 129_600)]
    [InlineData("168:00:00", 604_800)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("7.12:30:15", 649_815)]
    [InlineData("PT24H", 86_400)]
    [InlineData("P1D", 86_400)]
    [InlineData("P1W", 604_800)]
    [InlineData("P1DT12H30M", 131_400)]
    [InlineData("pt90m", 5_400)]
    [InlineData("PT0.5S", 0.5)]
    [InlineData("PT0,5S", 0.5)]
    [InlineData("00:00:00", 0)]
    [InlineData("00:00:00.05", 0.05)]
    [InlineData("0:02:00", 120)]
    [InlineData("1:2:3", 3723)]
    [InlineData("9999.23:59:59", 863_999_999)]
    public void A_time_span_is_what_an_operator_means(string text, double seconds)
    {
        Assert.True(TimeSpanText.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("10")]
    [InlineData("30")]
    [InlineData("7d")]
    [InlineData("00:10")]
    [InlineData("-00:10:00")]
    [InlineData("-PT10M")]
    [InlineData("00:60:00")]
    [InlineData("00:00:60")]
    [InlineData("1.24:00:00")]
    [InlineData("1:00:00:00")]
    [InlineData("1 day")]
    [InlineData("00:10:00 ")]
    [InlineData("00:10:00\n")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1DT")]
    [InlineData("10000.00:00:00")]
    [InlineData("999999:00:00")]
    [InlineData("１:00:00")]
    public void Whatever_could_mean_another_time_is_refused(string? text) => Assert.False(TimeSpanText.TryParse(text, out _));

    [Fact]
    public void What_NET_and_XML_write_is_read_back()
        => Gen.Long[0, TimeSpan.FromDays(1000).Ticks].Select(TimeSpan.FromTicks).Sample(static span =>
            TimeSpanText.TryParse(span.ToString("c", CultureInfo.InvariantCulture), out var clock) && clock == span
            && TimeSpanText.TryParse(XmlConvert.ToString(span), out var iso) && iso == span);

    [Fact]
    public void No_text_whatever_makes_the_reader_throw_or_gives_a_negative_or_endless_time()
    {
        var parts = Gen.OneOf("P", "T", "H", "D", "W", "M", "S", "999999999", "24", "00", ":", ".", ",", "-", "٣");
        Gen.OneOf(Gen.String, parts.Array[0, 12].Select(string.Concat)).Sample(static text =>
            !TimeSpanText.TryParse(text, out var value) || (value >= TimeSpan.Zero && value < TimeSpan.FromDays(10_000)));
    }
}
