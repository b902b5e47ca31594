using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace MeetingRecordings.Notifications;

/// <summary>Reads and proves requests to DingTalk's callback.</summary>
/// <param name="keys">Every set of keys that is accepted; more than one while they are rotated.</param>
/// <param name="freshness">How far a push's timestamp may be from now, either way.</param>
/// <param name="clock">The time.</param>
public sealed class CallbackReader(IReadOnlyList<CallbackKeys> keys, TimeSpan freshness, TimeProvider clock)
{
    // 1e11 seconds is the year 5138, 1e11 milliseconds is 1973.
    private const long LeastMilliseconds = 100_000_000_000;

    /// <summary>Reads one request.</summary>
    /// <param name="query">Its query.</param>
    /// <param name="body">Its body, as it came.</param>
    public CallbackReading Read(CallbackQuery query, ReadOnlySpan<byte> body)
    {
        if (query.Signature is null)
        {
            return new CallbackReading.Malformed("msg_signature", "40 hex digits in the query (or in 'signature')");
        }

        if (query.Nonce is null)
        {
            return new CallbackReading.Malformed("nonce", "a string in the query");
        }

        if (ToTimestamp(query.Timestamp) is not { } sentAt)
        {
            return new CallbackReading.Malformed("timestamp", "seconds or milliseconds since 1970 in the query");
        }

        if (ReadEncrypted(body) is not { } encrypted)
        {
            return new CallbackReading.Malformed("encrypt", "a JSON object with the field 'encrypt': base64 of a whole number of blocks");
        }

        return Prove(query, encrypted) is not { } proved ? new CallbackReading.Refused()
            : (sentAt - clock.GetUtcNow()).Duration() > freshness ? new CallbackReading.Stale()
            : proved;
    }

    // Every key set is tried in full, whatever the earlier checks said, so that the time taken tells nothing.
    private CallbackReading.Verified? Prove(CallbackQuery query, string encrypted)
    {
        CallbackReading.Verified? proved = null;
        foreach (var candidate in keys)
        {
            var signed = CallbackSignature.Verify(query.Signature!, candidate.Token, query.Timestamp!, query.Nonce!, encrypted);
            var plaintext = candidate.Cipher.TryDecrypt(encrypted);
            if (signed & plaintext is not null && string.Equals(plaintext!.OwnerKey, candidate.OwnerKey, StringComparison.Ordinal))
            {
                proved ??= new CallbackReading.Verified(plaintext.Message, candidate);
            }
        }

        return proved;
    }

    private static DateTimeOffset? ToTimestamp(string? text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var milliseconds = number < LeastMilliseconds ? number * 1000 : number;
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static string? ReadEncrypted(ReadOnlySpan<byte> body)
    {
        try
        {
            // The white space that one of DingTalk's own libraries puts at the end is signed with the rest.
            var encrypted = JsonSerializer.Deserialize(body, CallbackJsonContext.Default.CallbackEnvelope)?.Encrypt;
            return Base64.IsValid(encrypted, out var length) && CallbackCipher.IsCipherTextLength(length) ? encrypted : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
