using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>
/// DingTalk's callback signature: the lower-case hex SHA-1 of token, timestamp, nonce and cipher text, sorted ordinally and
/// joined with nothing between.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Callback event message body encryption and decryption".</remarks>
public static class CallbackSignature
{
    private const int Parts = 4;

    /// <summary>Signs a push or an answer.</summary>
    /// <param name="token">The token of the DingTalk console.</param>
    /// <param name="timestamp">As it stands in the query: seconds or milliseconds since 1970.</param>
    /// <param name="nonce">As it stands in the query.</param>
    /// <param name="encrypted">The <c>encrypt</c> field, base64.</param>
    /// <returns>40 lower-case hex digits.</returns>
    public static string Sign(string token, string timestamp, string nonce, string encrypted)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Digest(token, timestamp, nonce, Encoding.UTF8.GetBytes(encrypted), digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Whether a signature is the right one, in a time that does not tell how much of it is.</summary>
    /// <param name="signature">What the sender claims.</param>
    /// <param name="token">The token of the DingTalk console.</param>
    /// <param name="timestamp">As it stands in the query.</param>
    /// <param name="nonce">As it stands in the query.</param>
    /// <param name="encrypted">The <c>encrypt</c> field, base64.</param>
    public static bool Verify(string signature, string token, string timestamp, string nonce, string encrypted)
        => Verify(signature, token, timestamp, nonce, Encoding.UTF8.GetBytes(encrypted));

    /// <inheritdoc cref="Verify(string, string, string, string, string)" />
    public static bool Verify(string signature, string token, string timestamp, string nonce, ReadOnlySpan<byte> encrypted)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Digest(token, timestamp, nonce, encrypted, digest);
        Span<char> right = stackalloc char[2 * SHA1.HashSizeInBytes];
        Convert.TryToHexStringLower(digest, right, out _);
        return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(right), MemoryMarshal.AsBytes(signature.AsSpan()));
    }

    private static void Digest(string token, string timestamp, string nonce, ReadOnlySpan<byte> encrypted, Span<byte> digest)
    {
        var length = Encoding.UTF8.GetByteCount(token) + Encoding.UTF8.GetByteCount(timestamp) + Encoding.UTF8.GetByteCount(nonce) + encrypted.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * length);
        var asGiven = buffer.AsSpan(0, length);
        Span<Range> parts = stackalloc Range[Parts];
        var end = 0;
        parts[0] = end..(end += Encoding.UTF8.GetBytes(token, asGiven[end..]));
        parts[1] = end..(end += Encoding.UTF8.GetBytes(timestamp, asGiven[end..]));
        parts[2] = end..(end += Encoding.UTF8.GetBytes(nonce, asGiven[end..]));
        parts[3] = end..;
        encrypted.CopyTo(asGiven[end..]);

        // Byte by byte: a culture's order puts lower before upper case and so breaks about half of all signatures.
        for (var i = 1; i < Parts; i++)
        {
            for (var j = i; j > 0 && asGiven[parts[j]].SequenceCompareTo(asGiven[parts[j - 1]]) < 0; j--)
            {
                (parts[j], parts[j - 1]) = (parts[j - 1], parts[j]);
            }
        }

        var sorted = buffer.AsSpan(length, length);
        var at = 0;
        foreach (var part in parts)
        {
            asGiven[part].CopyTo(sorted[at..]);
            at += asGiven[part].Length;
        }

        // SHA-1 is what the protocol prescribes; the secret token and the cipher carry the trust.
#pragma warning disable CA5350
        SHA1.HashData(sorted, digest);
#pragma warning restore CA5350
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }
}
