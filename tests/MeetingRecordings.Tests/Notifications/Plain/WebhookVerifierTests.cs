using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MeetingRecordings.Notifications.Plain;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.Notifications.Plain;

public sealed class WebhookVerifierTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    [Fact]
    public void The_example_of_the_specifications_own_libraries_is_proved()
        => Assert.Equal(
            new WebhookVerdict.Verified("msg_p5jXN8AQM9LWM0D4loKWxJek"),
            Read("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    [Fact]
    public void Without_secrets_no_signature_is_asked_for()
        => Assert.IsType<WebhookVerdict.NotAsked>(new WebhookVerifier([], TimeSpan.Zero, TimeProvider.System).Verify(static _ => null, Body));

    [Fact]
    public void One_good_signature_among_others_is_enough()
        => Assert.IsType<WebhookVerdict.Verified>(Read("id", "1614265330", $"v1,AAAA v1a,whatever nonsense {Sign("id", 0)} v1,"));

    [Fact]
    public void Two_good_signatures_are_as_good_as_one()
        => Assert.IsType<WebhookVerdict.Verified>(Read("id", "1614265330", $"{Sign("id", 0)} {Sign("id", 0)}"));

    [Fact]
    public void Either_of_two_secrets_is_accepted()
    {
        Assert.IsType<WebhookVerdict.Verified>(Read("id", "1614265330", Sign("id", 0), Other, Secret));
        Assert.IsType<WebhookVerdict.Verified>(Read("id", "1614265330", Sign("id", 0), Secret, Other));
        Assert.IsType<WebhookVerdict.Refused>(Read("id", "1614265330", Sign("id", 0), Other));
    }

    [Fact]
    public void A_change_of_id_time_body_or_signature_is_refused()
    {
        var signature = Sign("id", 0);

        Assert.IsType<WebhookVerdict.Refused>(Read("ie", "1614265330", signature));
        Assert.IsType<WebhookVerdict.Refused>(Read("id", "1614265331", signature));
        Assert.IsType<WebhookVerdict.Refused>(Read("id", "01614265330", signature));
        Assert.IsType<WebhookVerdict.Refused>(VerifierOf(Secret).Verify(Headers("id", "1614265330", signature), "{}"u8));
        Assert.IsType<WebhookVerdict.Refused>(Read("id", "1614265330", signature.Replace("v1,", "v2,", StringComparison.Ordinal)));
        Assert.IsType<WebhookVerdict.Refused>(Read("id", "1614265330", signature[..^4]));
        // The last character but one holds bits that base64 does not use.
        Gen.Int[3, signature.Length - 3].Select(Gen.Char.AlphaNumeric).Sample((at, c) =>
            c == signature[at] || Read("id", "1614265330", $"{signature[..at]}{c}{signature[(at + 1)..]}") is WebhookVerdict.Refused);
    }

    [Theory]
    [InlineData(-600, true)]
    [InlineData(-601, false)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void A_request_is_stale_beyond_the_window_either_way(int offset, bool fresh)
        => Assert.IsType(
            fresh ? typeof(WebhookVerdict.Verified) : typeof(WebhookVerdict.Stale),
            Read("id", $"{Now.ToUnixTimeSeconds() + offset}", Sign("id", offset)));

    [Fact]
    public void A_stale_request_that_is_not_signed_is_refused() => Assert.IsType<WebhookVerdict.Refused>(Read("id", "1", "v1,AAAA"));

    [Theory]
    [InlineData(null, "1614265330", "v1,AAAA", "webhook-id")]
    [InlineData("", "1614265330", "v1,AAAA", "webhook-id")]
    [InlineData("id", null, "v1,AAAA", "webhook-timestamp")]
    [InlineData("id", "", "v1,AAAA", "webhook-timestamp")]
    [InlineData("id", "-1", "v1,AAAA", "webhook-timestamp")]
    [InlineData("id", "1614265330.5", "v1,AAAA", "webhook-timestamp")]
    [InlineData("id", "253402300800", "v1,AAAA", "webhook-timestamp")]
    [InlineData("id", "9223372036854775807", "v1,AAAA", "webhook-timestamp")]
    [InlineData("id", "1614265330", null, "webhook-signature")]
    [InlineData("id", "1614265330", "", "webhook-signature")]
    public void A_header_that_is_missing_or_malformed_is_named(string? id, string? timestamp, string? signature, string header)
        => Assert.Equal(header, Assert.IsType<WebhookVerdict.Malformed>(Read(id, timestamp, signature)).Problem.Field);

    [Fact]
    public void The_last_second_that_there_is_may_be_a_timestamp()
        => Assert.IsType<WebhookVerdict.Refused>(Read("id", "253402300799", "v1,AAAA"));

    [Fact]
    public void Whoever_sends_a_malformed_header_is_told_what_was_expected()
        => Assert.Equal(
            [
                new WebhookVerdict.Malformed(new FieldProblem("webhook-id", "1 to 256 characters")),
                new WebhookVerdict.Malformed(new FieldProblem("webhook-timestamp", "seconds since 1970")),
                new WebhookVerdict.Malformed(new FieldProblem("webhook-signature", "'v1,' and the base64 of an HMAC-SHA256; several with spaces between")),
            ],
            [Read("", "1614265330", "v1,AAAA"), Read("id", "now", "v1,AAAA"), Read("id", "1614265330", "")]);

    [Fact]
    public void An_id_is_at_most_256_characters_long()
    {
        Assert.IsType<WebhookVerdict.Verified>(Read(new string('i', 256), "1614265330", Sign(new string('i', 256), 0)));
        Assert.IsType<WebhookVerdict.Malformed>(Read(new string('i', 257), "1614265330", Sign(new string('i', 257), 0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_no base64!")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void A_secret_of_another_form_is_refused_without_being_repeated(string text)
    {
        var e = Assert.Throws<FormatException>(() => WebhookSecret.Parse(text));

        Assert.True(text.Length < 7 || !e.Message.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int length, bool accepted)
    {
        var e = Record.Exception(() => WebhookSecret.Parse($"whsec_{Convert.ToBase64String(new byte[length])}"));

        Assert.Equal(accepted, e is null);
    }

    private static WebhookVerifier VerifierOf(params string[] secrets)
        => new([.. secrets.Select(WebhookSecret.Parse)], TimeSpan.FromMinutes(10), new FakeTimeProvider(Now));

    private static WebhookVerdict Read(string? id, string? timestamp, string? signature, params string[] secrets)
        => VerifierOf(secrets is [] ? [Secret] : secrets).Verify(Headers(id, timestamp, signature), Body);

    private static Func<string, string?> Headers(string? id, string? timestamp, string? signature) => name => name switch
    {
        "webhook-id" => id,
        "webhook-timestamp" => timestamp,
        "webhook-signature" => signature,
        _ => null,
    };

    private static string Sign(string id, int offset)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{Now.ToUnixTimeSeconds() + offset}.{Encoding.UTF8.GetString(Body)}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), signed))}";
    }
}
