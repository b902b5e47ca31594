using System.Text;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Tests.Reading;

public sealed class ByteOrderMarkTests
{
    [Fact]
    public void The_text_behind_a_mark_is_UTF_8_whatever_it_was()
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] text = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"会\":1}")];

            Assert.Equal("{\"会\":1}"u8.ToArray(), ByteOrderMark.Skip(text.AsSpan()));
            Assert.Equal("{\"会\":1}"u8.ToArray(), ByteOrderMark.Skip(text.AsMemory()).ToArray());
        }
    }

    [Fact]
    public void A_text_without_a_mark_is_the_same_memory()
    {
        var text = "{}"u8.ToArray().AsMemory();

        Assert.Equal(text, ByteOrderMark.Skip(text));
    }
}
