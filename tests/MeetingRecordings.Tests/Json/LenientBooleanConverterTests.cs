using System.Text;
using System.Text.Json;
using MeetingRecordings.Json;

namespace MeetingRecordings.Tests.Json;

public sealed class LenientBooleanConverterTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"1\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("null", null)]
    [InlineData("2", null)]
    [InlineData("-1", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"yes\"", null)]
    [InlineData("\"\\ud83d\"", null)]
    [InlineData("{\"a\":true}", null)]
    [InlineData("[true]", null)]
    public void Booleans_come_in_every_spelling_and_anything_else_is_none(string json, bool? expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"[{json},9]"));
        reader.Read();
        reader.Read();

        Assert.Equal(expected, new LenientBooleanConverter().Read(ref reader, typeof(bool?), JsonSerializerOptions.Default));
        Assert.True(reader.Read());
        Assert.Equal(9, reader.GetInt32());
    }
}
