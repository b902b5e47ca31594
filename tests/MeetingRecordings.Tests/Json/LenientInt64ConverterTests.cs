using System.Text;
using System.Text.Json;
using MeetingRecordings.Json;

namespace MeetingRecordings.Tests.Json;

public sealed class LenientInt64ConverterTests
{
    [Theory]
    [InlineData("17", 17L)]
    [InlineData("\"17\"", 17L)]
    [InlineData("\"\\u0031\\u0037\"", 17L)]
    [InlineData("1.7e1", 17L)]
    [InlineData("-17.9", -17L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-9223372036854775809", null)]
    [InlineData("\"seventeen\"", null)]
    [InlineData("true", null)]
    [InlineData("null", null)]
    [InlineData("[17]", null)]
    public void A_number_is_read_from_whatever_it_is_written_as_up_to_64_bits(string json, long? expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();

        Assert.Equal(expected, new LenientInt64Converter().Read(ref reader, typeof(long?), JsonSerializerOptions.Default));
    }
}
