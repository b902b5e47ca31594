using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;

namespace Benchmarks.Notifications;

/// <summary>What one push costs before it is enqueued: verify, decrypt and parse an event of 1 KB. Goals: 10 µs, 4 KB.</summary>
[MemoryDiagnoser]
public class ReadPushBenchmark
{
    private const string Token = "tokenxxxx";
    private const string OwnerKey = "dingxxxxxx";
    private const int EventBytes = 1024;

    private CallbackVerifier _reader = null!;
    private CallbackQuery _query = null!;
    private CallbackKeys _keys = null!;
    private byte[] _plaintext = null!;
    private byte[] _body = null!;

    [GlobalSetup]
    public void SetUp()
    {
        const string start = """{"EventType":"meeting_status_change","EventTime":1663143335567,"CorpId":"ding9f50b15b16741","BizId":"166314335567","eventId":"c7c7120f2c07419ebdba0318c8","statusSeqNum":1,"changeScene":"conference_closed","openConfModel":{"calendarEventId":"UUNoaGV5md3UT09","bizType":"3","creatorId":"2iPOwiEiE","creatorNick":"开放会议创建者","activeNum":10,"attendNum":6,"confDuration":1000,"conferenceId":"63219b6ed40aa90","startTime":1684215608570,"status":1,"title":" """;
        _plaintext = Encoding.UTF8.GetBytes($"{start}{new string('t', EventBytes - Encoding.UTF8.GetByteCount(start) - 3)}\"}}}}");
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        _keys = new CallbackKeys(Token, new CallbackCipher("o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus"), OwnerKey);
        var encrypted = _keys.Cipher.Encrypt(_plaintext, OwnerKey);
        _body = Encoding.UTF8.GetBytes($$"""{"encrypt":"{{encrypted}}"}""");
        _query = new CallbackQuery(CallbackSignature.Sign(Token, timestamp, "nonce", encrypted), timestamp, "nonce");
        _reader = new CallbackVerifier([_keys], TimeSpan.FromHours(1), TimeProvider.System);
        if (Whole() is not [DingTalkEvent.Notified])
        {
            throw new InvalidOperationException("The event is not read.");
        }
    }

    /// <summary>All of it.</summary>
    [Benchmark(Baseline = true)]
    public IReadOnlyList<DingTalkEvent> Whole()
        => DingTalkPushReader.Read(((CallbackVerdict.Verified)_reader.Verify(_query, _body)).Plaintext.Span);

    /// <summary>The signature and the cipher.</summary>
    [Benchmark]
    public CallbackVerdict VerifyAndDecrypt() => _reader.Verify(_query, _body);

    /// <summary>The event.</summary>
    [Benchmark]
    public IReadOnlyList<DingTalkEvent> Parse() => DingTalkPushReader.Read(_plaintext);

    /// <summary>The answer.</summary>
    [Benchmark]
    public byte[] Answer() => CallbackAnswer.Success(_keys, TimeProvider.System.GetUtcNow()).ToJson();
}
