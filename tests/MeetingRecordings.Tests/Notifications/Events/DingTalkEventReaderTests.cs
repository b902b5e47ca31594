using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.Notifications.Events;

public sealed class DingTalkEventReaderTests
{
    [Theory]
    [MemberData(nameof(EventPayload.Names), MemberType = typeof(EventPayload))]
    public void Every_payload_pushed_in_its_cipher_has_the_outcome_that_stands_beside_it(string name)
    {
        var payload = EventPayload.Read(name);
        var push = PushedCallback.Of(payload);
        var reader = new CallbackVerifier([PushedCallback.Keys], TimeSpan.FromMinutes(10), new FakeTimeProvider(PushedCallback.Now));

        var verified = Assert.IsType<CallbackVerdict.Verified>(reader.Verify(push.Query, push.Body));
        var outcome = Tell(DingTalkEventReader.Read(verified.Plaintext.Span));

        var hash = Convert.ToHexStringLower(SHA256.HashData(payload))[..32];
        Assert.Equal(EventPayload.ReadExpected(name).Replace("{sha256}", hash, StringComparison.Ordinal), outcome);
    }

    [Fact]
    public void A_payload_cut_off_anywhere_is_malformed()
    {
        var whole = EventPayload.Read("meeting_status_change.closed").AsSpan().TrimEnd((byte)'\n');
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.IsType<DingTalkEvent.Malformed>(DingTalkEventReader.Read(whole[..length]));
        }
    }

    [Theory]
    [InlineData("[]", "$", "the JSON of a DingTalk event")]
    [InlineData("{", "$", "the JSON of a DingTalk event")]
    [InlineData("null", "EventType", "the event's name")]
    [InlineData("{}", "EventType", "the event's name")]
    [InlineData("""{"EventType":""}""", "EventType", "the event's name")]
    [InlineData("""{"EventType":"meeting_status_change","changeScene":"conference_closed"}""", "openConfModel.conferenceId", Identifiers.ConferenceIdGrammar)]
    public void What_is_malformed_is_told_with_what_was_expected(string payload, string field, string expected)
        => Assert.Equal(new DingTalkEvent.Malformed(new FieldProblem(field, expected)), DingTalkEventReader.Read(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void A_payload_that_is_no_UTF8_is_malformed()
        => Assert.IsType<DingTalkEvent.Malformed>(DingTalkEventReader.Read([.. "{\"EventType\":\""u8, 0xC3, 0x28, .. "\"}"u8]));

    // A name that is cut off within an emoji, or written in another encoding, is no reason to lose a meeting.
    [Fact]
    public void A_title_or_nick_that_is_no_text_does_no_harm()
    {
        ReadOnlySpan<byte> payload =
        [
            .. """{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1","creatorNick":"\ud83d","title":"a"""u8,
            0xC3, 0x28, 0xFF,
            .. "\"}}"u8,
        ];

        Assert.Equal("conf-1:ended", Assert.IsType<DingTalkEvent.Notified>(DingTalkEventReader.Read(payload)).Notification.Root);
    }

    [Fact]
    public void No_change_of_a_few_bytes_makes_the_reader_throw()
    {
        var payloads = EventPayload.Names.Select(static row => EventPayload.Read(row.Data)).Where(static payload => payload.Length > 1).ToArray();
        Gen.Select(Gen.Int[0, payloads.Length - 1], Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 4]).Sample((which, changes) =>
        {
            var payload = payloads[which].ToArray();
            foreach (var (at, value) in changes)
            {
                payload[at % payload.Length] = value;
            }

            _ = DingTalkEventReader.Read(payload);
        });
    }

    [Fact]
    public void The_end_of_a_meeting_has_one_root_whichever_event_tells_it()
        => Assert.Equal(
            RootOf("meeting_status_change.closed"),
            RootOf("meeting_status_change_target_push.closed"));

    private static string RootOf(string name)
        => Assert.IsType<DingTalkEvent.Notified>(DingTalkEventReader.Read(EventPayload.Read(name))).Notification.Root;

    private static string Tell(DingTalkEvent read) => read switch
    {
        DingTalkEvent.Notified { Notification: var n } => string.Create(CultureInfo.InvariantCulture, $"""
            notified {n.Message.Trigger}
            conferenceId {n.Message.ConferenceId}
            unionId {n.Message.UnionId ?? "none"}
            corpId {n.Message.CorpId ?? "none"}
            endedAt {n.Message.EndedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture) ?? "none"} ({n.EndedAtSource})
            root {n.Root}

            """),
        DingTalkEvent.Ignored ignored => $"ignored {ignored.EventType}\n",
        DingTalkEvent.Malformed malformed => $"malformed {malformed.Problem.Field}\n",
        _ => throw new InvalidOperationException(),
    };
}
