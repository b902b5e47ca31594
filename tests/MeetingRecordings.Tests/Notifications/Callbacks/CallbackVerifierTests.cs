using System.Globalization;
using System.Text;
using CsCheck;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.Notifications.Callbacks;

public sealed class CallbackVerifierTests
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);
    private static readonly byte[] Message = """{"EventType":"check_url"}"""u8.ToArray();
    private readonly CallbackVerifier _verifier = VerifierOf(PushedCallback.Keys);

    [Theory]
    [MemberData(nameof(CallbackVector.Names), MemberType = typeof(CallbackVector))]
    public void A_published_push_is_proved_in_its_time(string name)
    {
        var vector = CallbackVector.Of(name);
        var keys = new CallbackKeys(vector.Token, new CallbackCipher(vector.AesKey), vector.OwnerKey);
        var then = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(vector.Timestamp, CultureInfo.InvariantCulture));

        var reading = new CallbackVerifier([keys], Freshness, new FakeTimeProvider(then)).Verify(
            new CallbackQuery(vector.Signature, vector.Timestamp, vector.Nonce),
            Encoding.UTF8.GetBytes($$"""{"encrypt":"{{vector.Encrypt}}"}"""));

        var verified = Assert.IsType<CallbackVerdict.Verified>(reading);
        Assert.Equal(vector.Plaintext, Encoding.UTF8.GetString(verified.Plaintext.Span));
        Assert.Same(keys, verified.Keys);
    }

    [Fact]
    public void Either_of_two_key_sets_proves_a_push_and_answers_it()
    {
        var old = new CallbackKeys("oldtoken", new CallbackCipher("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"), "dingold");
        var reader = VerifierOf(old, PushedCallback.Keys);

        foreach (var keys in new[] { old, PushedCallback.Keys })
        {
            var push = PushedCallback.Of(Message, keys: keys);
            Assert.Same(keys, Assert.IsType<CallbackVerdict.Verified>(reader.Verify(push.Query, push.Body)).Keys);
        }
    }

    [Fact]
    public void Of_two_key_sets_that_are_the_same_the_first_answers()
    {
        var first = PushedCallback.Keys with { };
        var push = PushedCallback.Of(Message);

        Assert.Same(first, Assert.IsType<CallbackVerdict.Verified>(VerifierOf(first, PushedCallback.Keys).Verify(push.Query, push.Body)).Keys);
    }

    [Fact]
    public void Keys_that_are_printed_tell_whose_they_are_and_no_secret()
        => Assert.Equal("callback keys of dingxxxxxx", PushedCallback.Keys.ToString());

    [Fact]
    public void The_cipher_of_one_key_set_and_the_token_of_another_prove_nothing()
    {
        var old = new CallbackKeys("oldtoken", new CallbackCipher("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"), PushedCallback.OwnerKey);
        var push = PushedCallback.Of(Message, keys: PushedCallback.Keys with { Token = old.Token });

        Assert.IsType<CallbackVerdict.Refused>(VerifierOf(old, PushedCallback.Keys).Verify(push.Query, push.Body));
    }

    [Theory]
    [InlineData("dingother")]
    [InlineData("DINGXXXXXX")]
    [InlineData("dingxxxxx")]
    [InlineData("dingxxxxxxx")]
    [InlineData("")]
    public void A_push_for_another_owner_is_refused(string owner)
    {
        var push = PushedCallback.Of(Message, keys: PushedCallback.Keys with { OwnerKey = owner });

        Assert.IsType<CallbackVerdict.Refused>(_verifier.Verify(push.Query, push.Body));
    }

    [Fact]
    public void A_wrong_signature_a_wrong_key_and_junk_in_a_signed_envelope_are_refused_alike()
    {
        var push = PushedCallback.Of(Message);
        var forged = push with { Signature = new string('0', 40) };
        var otherKey = PushedCallback.Of(
            Message, keys: PushedCallback.Keys with { Cipher = new CallbackCipher("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij") });
        var junk = PushedCallback.Of(Convert.ToBase64String(new byte[64]));

        var readings = new[] { forged, otherKey, junk }.Select(p => _verifier.Verify(p.Query, p.Body));

        Assert.All(readings, static reading => Assert.Equal(new CallbackVerdict.Refused(), reading));
    }

    [Theory]
    [InlineData(-600_000, true)]
    [InlineData(-600_001, false)]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    [InlineData(0, true)]
    public void A_push_is_stale_beyond_ten_minutes_either_way_in_milliseconds(int offset, bool fresh)
        => AssertFresh(fresh, PushedCallback.Now.AddMilliseconds(offset).ToUnixTimeMilliseconds());

    [Theory]
    [InlineData(-600, true)]
    [InlineData(-601, false)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    [InlineData(0, true)]
    public void A_push_is_stale_beyond_ten_minutes_either_way_in_seconds(int offset, bool fresh)
        => AssertFresh(fresh, PushedCallback.Now.AddSeconds(offset).ToUnixTimeSeconds());

    [Theory]
    [InlineData(0)]
    [InlineData(99_999_999_999)]
    [InlineData(100_000_000_000)]
    [InlineData(253_402_300_799_999)]
    public void A_timestamp_of_another_age_is_stale(long timestamp) => AssertFresh(false, timestamp);

    [Theory]
    [InlineData(99_999_999_999, 99_999_999_999_000)]
    [InlineData(100_000_000_000, 100_000_000_000)]
    public void A_timestamp_is_in_seconds_up_to_the_year_5138_and_in_milliseconds_from_1973_on(long timestamp, long now)
    {
        var push = PushedCallback.Of(Message, timestamp.ToString(CultureInfo.InvariantCulture));
        var reader = new CallbackVerifier([PushedCallback.Keys], Freshness, new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(now)));

        Assert.IsType<CallbackVerdict.Verified>(reader.Verify(push.Query, push.Body));
    }

    [Fact]
    public void A_stale_push_that_is_not_proved_is_refused_so_that_nobody_learns_what_the_clock_is()
    {
        var push = PushedCallback.Of(Message, timestamp: "1") with { Signature = new string('0', 40) };

        Assert.IsType<CallbackVerdict.Refused>(_verifier.Verify(push.Query, push.Body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-1")]
    [InlineData("1e12")]
    [InlineData(" 1795420800000")]
    [InlineData("1795420800000.0")]
    [InlineData("١٧٩٥٤٢٠٨٠٠")]
    [InlineData("253402300800000")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("now")]
    public void A_timestamp_that_is_none_is_malformed(string? timestamp)
        => AssertMalformed("timestamp", PushedCallback.Of(Message).Query with { Timestamp = timestamp }, PushedCallback.Of(Message).Body);

    [Fact]
    public void A_query_without_signature_or_nonce_is_malformed()
    {
        var push = PushedCallback.Of(Message);

        AssertMalformed("msg_signature", push.Query with { Signature = null }, push.Body);
        AssertMalformed("nonce", push.Query with { Nonce = null }, push.Body);
    }

    [Fact]
    public void Whoever_sends_what_is_malformed_is_told_what_was_expected()
    {
        var push = PushedCallback.Of(Message);

        Assert.Equal(
            [
                new CallbackVerdict.Malformed(new FieldProblem("msg_signature", "40 hex digits in the query (or in 'signature')")),
                new CallbackVerdict.Malformed(new FieldProblem("nonce", "a string in the query")),
                new CallbackVerdict.Malformed(new FieldProblem("timestamp", "seconds or milliseconds since 1970 in the query")),
                new CallbackVerdict.Malformed(new FieldProblem("encrypt", "a JSON object with the field 'encrypt': base64 of a whole number of blocks")),
            ],
            [
                _verifier.Verify(push.Query with { Signature = null }, push.Body),
                _verifier.Verify(push.Query with { Nonce = null }, push.Body),
                _verifier.Verify(push.Query with { Timestamp = null }, push.Body),
                _verifier.Verify(push.Query, "{}"u8),
            ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"encrypt\"")]
    [InlineData("""{"encrypt":null}""")]
    [InlineData("""{"encrypt":""}""")]
    [InlineData("""{"encrypt":17}""")]
    [InlineData("""{"encrypt":["QUJD"]}""")]
    [InlineData("""{"encrypt":"not base64!"}""")]
    [InlineData("""{"encrypt":"QUJD"}""")]
    [InlineData("""{"encrypt":"\ud800"}""")]
    [InlineData("""{"encrypt":"X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ=="}""", 10)]
    [InlineData("""{"encrypt":"X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ=="}""", 1)]
    [InlineData("<html><body>hello</body></html>")]
    [InlineData("encrypt=X1VSe9cT")]
    public void A_body_that_is_no_envelope_is_malformed(string body, int cutOff = 0)
        => AssertMalformed("encrypt", PushedCallback.Of(Message).Query, Encoding.UTF8.GetBytes(body)[..^cutOff]);

    [Fact]
    public void A_body_that_is_no_UTF8_is_malformed()
    {
        AssertMalformed("encrypt", PushedCallback.Of(Message).Query, [0xFF, 0xFE, 0x7B]);
        AssertMalformed("encrypt", PushedCallback.Of(Message).Query, [.. "{\"encrypt\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        AssertMalformed("encrypt", PushedCallback.Of(Message).Query, [.. "{\""u8, 0xC3, 0x28, .. "\":1}"u8]);
    }

    [Fact]
    public void A_body_nested_deeply_is_malformed()
        => AssertMalformed("encrypt", PushedCallback.Of(Message).Query, Encoding.UTF8.GetBytes(new string('[', 30_000)));

    [Fact]
    public void The_newline_that_one_of_DingTalks_libraries_appends_is_part_of_what_is_signed()
    {
        var encrypt = PushedCallback.Cipher.Encrypt(Message, PushedCallback.OwnerKey) + "\n";
        var signed = PushedCallback.Of(encrypt);
        var body = Encoding.UTF8.GetBytes($$"""{"encrypt":"{{encrypt.Replace("\n", "\\n", StringComparison.Ordinal)}}"}""");

        Assert.IsType<CallbackVerdict.Verified>(_verifier.Verify(signed.Query, body));
    }

    [Fact]
    public void No_change_of_any_one_byte_of_the_body_is_accepted()
    {
        var push = PushedCallback.Of(Message);
        var body = push.Body.ToArray();
        for (var i = 0; i < body.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                if (value == push.Body[i])
                {
                    continue;
                }

                body[i] = (byte)value;
                var reading = _verifier.Verify(push.Query, body);
                Assert.True(
                    reading is CallbackVerdict.Malformed or CallbackVerdict.Refused,
                    $"Byte {i} changed from {push.Body[i]:x2} to {value:x2}: {reading}");
            }

            body[i] = push.Body[i];
        }
    }

    [Fact]
    public void No_change_of_any_one_character_of_the_query_is_accepted()
    {
        var push = PushedCallback.Of(Message);
        AssertNoChange(push.Signature, changed => push.Query with { Signature = changed });
        AssertNoChange(push.Timestamp, changed => push.Query with { Timestamp = changed });
        AssertNoChange(push.Nonce, changed => push.Query with { Nonce = changed });

        void AssertNoChange(string original, Func<string, CallbackQuery> change)
        {
            for (var i = 0; i < original.Length; i++)
            {
                for (var c = '\0'; c < 256; c++)
                {
                    var changed = $"{original[..i]}{c}{original[(i + 1)..]}";
                    Assert.True(
                        c == original[i] || _verifier.Verify(change(changed), push.Body) is CallbackVerdict.Malformed or CallbackVerdict.Refused,
                        $"{original} changed to {changed}");
                }
            }
        }
    }

    [Fact]
    public void No_random_change_of_a_random_push_is_accepted()
        => Gen.Select(Gen.Byte.Array[1, 512], Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample((message, at, difference) =>
        {
            var push = PushedCallback.Of(message);
            var body = push.Body.ToArray();
            body[at % body.Length] ^= difference;
            return _verifier.Verify(push.Query, push.Body) is CallbackVerdict.Verified
                && _verifier.Verify(push.Query, body) is CallbackVerdict.Malformed or CallbackVerdict.Refused;
        });

    [Fact]
    public void No_body_whatever_makes_the_verifier_throw()
        => Gen.Byte.Array[0, 300].Sample(body => _verifier.Verify(PushedCallback.Of(Message).Query, body) is CallbackVerdict.Malformed);

    private static CallbackVerifier VerifierOf(params CallbackKeys[] keys) => new(keys, Freshness, new FakeTimeProvider(PushedCallback.Now));

    private void AssertFresh(bool fresh, long timestamp)
    {
        var push = PushedCallback.Of(Message, timestamp.ToString(CultureInfo.InvariantCulture));

        Assert.IsType(fresh ? typeof(CallbackVerdict.Verified) : typeof(CallbackVerdict.Stale), _verifier.Verify(push.Query, push.Body));
    }

    private void AssertMalformed(string field, CallbackQuery query, byte[] body)
        => Assert.Equal(field, Assert.IsType<CallbackVerdict.Malformed>(_verifier.Verify(query, body)).Problem.Field);
}
