using System.Text;
using Azure.Core.Amqp;
using CsCheck;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class MessageBodyTests
{
    private const string Json = """{"conferenceId":"conf-1","unionId":"u","trigger":"meetingEnded"}""";

    private static byte[] Utf8 => Encoding.UTF8.GetBytes(Json);

    public static TheoryData<AmqpMessageBody> TextInAnyForm =>
    [
        AmqpMessageBody.FromData([Utf8]),
        AmqpMessageBody.FromData([Utf8.AsMemory(0, 7), Utf8.AsMemory(7)]),
        AmqpMessageBody.FromData([(byte[])[0xEF, 0xBB, 0xBF], Utf8]),
        AmqpMessageBody.FromData([(byte[])[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Json)]]),
        AmqpMessageBody.FromValue(Json),
        AmqpMessageBody.FromValue("\uFEFF" + Json),
        AmqpMessageBody.FromValue(Utf8),
        AmqpMessageBody.FromSequence([[Json]]),
        AmqpMessageBody.FromSequence([[Utf8]]),
    ];

    public static TheoryData<AmqpMessageBody> AnythingElse =>
    [
        AmqpMessageBody.FromData([]),
        AmqpMessageBody.FromValue(7L),
        AmqpMessageBody.FromValue(new Dictionary<string, object> { ["conferenceId"] = "conf-1" }),
        AmqpMessageBody.FromValue(new List<object> { Json }),
        AmqpMessageBody.FromSequence([]),
        AmqpMessageBody.FromSequence([[]]),
        AmqpMessageBody.FromSequence([[Json, Json]]),
        AmqpMessageBody.FromSequence([[1, "two"]]),
    ];

    [Theory]
    [MemberData(nameof(TextInAnyForm))]
    public void A_text_is_read_in_whichever_form_it_came(AmqpMessageBody body)
    {
        Assert.True(ReceivedConference.Parse(AmqpMessages.Create(7, body)).Succeeded(out var look, out _));
        Assert.Equal("conf-1", look.Message.ConferenceId);
    }

    [Theory]
    [MemberData(nameof(AnythingElse))]
    public void Anything_else_is_malformed(AmqpMessageBody body)
    {
        var message = AmqpMessages.Create(7, body);

        Assert.False(ReceivedConference.Parse(message).Succeeded(out _, out _));
    }

    [Fact]
    public void No_body_whatever_makes_the_reader_throw()
    {
        var value = Gen.OneOf<object>(
            Gen.String.Select(static v => (object)v),
            Gen.Byte.Array.Select(static v => (object)v),
            Gen.Long.Select(static v => (object)v),
            Gen.Bool.Select(static v => (object)v),
            Gen.String.List.Select(static v => (object)v));
        Gen.OneOf(
            value.Select(AmqpMessageBody.FromValue),
            value.List.List.Select(static lists => AmqpMessageBody.FromSequence(lists.Select(static list => (IList<object>)list))),
            Gen.Byte.Array.List.Select(static parts => AmqpMessageBody.FromData(parts.Select(static part => new ReadOnlyMemory<byte>(part)))))
            .Sample(static body => !ReceivedConference.Parse(AmqpMessages.Create(7, body)).Succeeded(out _, out _));
    }
}
