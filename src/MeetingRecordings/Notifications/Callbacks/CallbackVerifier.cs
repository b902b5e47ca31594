using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>Verifies requests to DingTalk's callback.</summary>
/// <param name="keys">Every set of keys that is accepted; more than one while they are rotated.</param>
/// <param name="freshness">How far a push's timestamp may be from now, either way.</param>
/// <param name="clock">The time.</param>
public sealed class CallbackVerifier(IReadOnlyList<CallbackKeys> keys, TimeSpan freshness, TimeProvider clock)
{
    // 1e11 seconds is the year 5138, 1e11 milliseconds is 1973.
    private const long LeastMilliseconds = 100_000_000_000;

    /// <summary>Verifies one request.</summary>
    /// <param name="query">Its query.</param>
    /// <param name="body">Its body, as it came.</param>
    public CallbackVerdict Verify(CallbackQuery query, ReadOnlySpan<byte> body)
    {
        if (query.Signature is null)
        {
            return new CallbackVerdict.Malformed(new FieldProblem("msg_signature", "40 hex digits in the query (or in 'signature')"));
        }

        if (query.Nonce is null)
        {
            return new CallbackVerdict.Malformed(new FieldProblem("nonce", "a string in the query"));
        }

        if (ToTimestamp(query.Timestamp) is not { } sentAt)
        {
            return new CallbackVerdict.Malformed(new FieldProblem("timestamp", "seconds or milliseconds since 1970 in the query"));
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(body.Length);
        var cipherText = ArrayPool<byte>.Shared.Rent(body.Length);
        try
        {
            return CallbackEnvelope.TryReadEncrypted(body, unescaped, out var encrypted)
                && Base64.DecodeFromUtf8(encrypted, cipherText, out _, out var length) == OperationStatus.Done
                && CallbackCipher.IsCipherTextLength(length)
                ? Decrypt(query, encrypted, cipherText.AsSpan(0, length), sentAt)
                : new CallbackVerdict.Malformed(new FieldProblem("encrypt", "a JSON object with the field 'encrypt': base64 of a whole number of blocks"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
            ArrayPool<byte>.Shared.Return(cipherText);
        }
    }

    // Every key set is tried in full, whatever the earlier checks said, so that the time taken tells nothing.
    private CallbackVerdict Decrypt(CallbackQuery query, ReadOnlySpan<byte> encrypted, ReadOnlySpan<byte> cipherText, DateTimeOffset sentAt)
    {
        CallbackVerdict? proved = null;
        var buffer = ArrayPool<byte>.Shared.Rent(cipherText.Length);
        var plain = buffer.AsSpan(0, cipherText.Length);
        foreach (var candidate in keys)
        {
            var signed = CallbackSignature.Verify(query.Signature!, candidate.Token, query.Timestamp!, query.Nonce!, encrypted);
            var decrypted = candidate.Cipher.TryDecrypt(cipherText, plain, out var message, out var ownerKey);
            if (signed & decrypted && string.Equals(Encoding.UTF8.GetString(plain[ownerKey]), candidate.OwnerKey, StringComparison.Ordinal))
            {
                proved ??= (sentAt - clock.GetUtcNow()).Duration() > freshness
                    ? new CallbackVerdict.Stale()
                    : new CallbackVerdict.Verified(plain[message].ToArray(), candidate);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return proved ?? new CallbackVerdict.Refused();
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
}
