using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>Verifies plain notifications that are signed as Standard Webhooks prescribes: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
/// <param name="secrets">Every secret that is accepted; with none, no signature is asked for.</param>
/// <param name="freshness">How far a timestamp may be from now, either way.</param>
/// <param name="clock">The time.</param>
/// <remarks>Source: the Standard Webhooks specification, "Verifying webhook authenticity".</remarks>
public sealed class WebhookVerifier(IReadOnlyList<WebhookSecret> secrets, TimeSpan freshness, TimeProvider clock)
{
    /// <summary>The header that identifies the message.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of sending, seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures, spaces between.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";
    private const int MaxIdLength = 256;

    /// <summary>Verifies one request.</summary>
    /// <param name="header">Gives a header's value, or null or an empty string where it is absent.</param>
    /// <param name="body">The body, as it came.</param>
    public WebhookVerdict Verify(Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        if (secrets.Count == 0)
        {
            return new WebhookVerdict.NotAsked();
        }

        if (header(IdHeader) is not { Length: > 0 and <= MaxIdLength } id)
        {
            return new WebhookVerdict.Malformed(new FieldProblem(IdHeader, $"1 to {MaxIdLength} characters"));
        }

        var timestamp = header(TimestampHeader);
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return new WebhookVerdict.Malformed(new FieldProblem(TimestampHeader, "seconds since 1970"));
        }

        if (header(SignatureHeader) is not { Length: > 0 } signatures)
        {
            return new WebhookVerdict.Malformed(new FieldProblem(SignatureHeader, "'v1,' and the base64 of an HMAC-SHA256; several with spaces between"));
        }

        return !IsSigned(id, timestamp, signatures, body) ? new WebhookVerdict.Refused()
            : (DateTimeOffset.FromUnixTimeSeconds(seconds) - clock.GetUtcNow()).Duration() > freshness ? new WebhookVerdict.Stale()
            : new WebhookVerdict.Verified(id);
    }

    // Every secret is tried against every signature, so that the time taken tells nothing.
    private bool IsSigned(string id, string timestamp, string signatures, ReadOnlySpan<byte> body)
    {
        var signed = false;
        var start = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
            hmac.AppendData(start);
            hmac.AppendData(body);
            hmac.GetHashAndReset(right);
            foreach (var part in signatures.AsSpan().Split(' '))
            {
                var signature = signatures.AsSpan(part);
                signed |= signature.StartsWith(Version, StringComparison.Ordinal)
                    && Convert.TryFromBase64Chars(signature[Version.Length..], claimed, out var length)
                    && CryptographicOperations.FixedTimeEquals(right, claimed[..length]);
            }
        }

        return signed;
    }
}
