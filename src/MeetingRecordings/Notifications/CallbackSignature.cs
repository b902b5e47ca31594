using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Notifications;

/// <summary>
/// DingTalk's callback signature: the lower-case hex SHA-1 of token, timestamp, nonce and cipher text, sorted ordinally and
/// joined with nothing between.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Callback event message body encryption and decryption".</remarks>
public static class CallbackSignature
{
    /// <summary>Signs a push or an answer.</summary>
    /// <param name="token">The token of the DingTalk console.</param>
    /// <param name="timestamp">As it stands in the query: seconds or milliseconds since 1970.</param>
    /// <param name="nonce">As it stands in the query.</param>
    /// <param name="encrypted">The <c>encrypt</c> field, base64.</param>
    /// <returns>40 lower-case hex digits.</returns>
    public static string Sign(string token, string timestamp, string nonce, string encrypted)
    {
        string[] parts = [token, timestamp, nonce, encrypted];
        // A culture's order puts lower before upper case and so breaks about half of all signatures.
        Array.Sort(parts, StringComparer.Ordinal);
        // SHA-1 is what the protocol prescribes; the secret token and the cipher carry the trust.
#pragma warning disable CA5350
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
    }

    /// <summary>Whether a signature is the right one, in a time that does not tell how much of it is.</summary>
    /// <param name="signature">What the sender claims.</param>
    /// <param name="token">The token of the DingTalk console.</param>
    /// <param name="timestamp">As it stands in the query.</param>
    /// <param name="nonce">As it stands in the query.</param>
    /// <param name="encrypted">The <c>encrypt</c> field, base64.</param>
    public static bool Verify(string signature, string token, string timestamp, string nonce, string encrypted)
        => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature),
            Encoding.UTF8.GetBytes(Sign(token, timestamp, nonce, encrypted)));
}
