using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>The only answer that DingTalk counts as a delivery: the word <c>success</c>, encrypted and signed.</summary>
/// <param name="MsgSignature">The signature over the other three.</param>
/// <param name="TimeStamp">Milliseconds since 1970, as a string.</param>
/// <param name="Nonce">Letters and digits.</param>
/// <param name="Encrypt">The encrypted word.</param>
/// <remarks>Source: DingTalk open platform, "Configure HTTP push".</remarks>
public sealed record CallbackAnswer(
    [property: JsonPropertyName("msg_signature")] string MsgSignature,
    [property: JsonPropertyName("timeStamp")] string TimeStamp,
    [property: JsonPropertyName("nonce")] string Nonce,
    [property: JsonPropertyName("encrypt")] string Encrypt)
{
    private const int NonceLength = 16;
    private const string NonceAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Makes a fresh answer.</summary>
    /// <param name="keys">The keys that proved the push.</param>
    /// <param name="now">The time, UTC.</param>
    public static CallbackAnswer Success(CallbackKeys keys, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetString(NonceAlphabet, NonceLength);
        var encrypted = keys.Cipher.Encrypt("success"u8, keys.OwnerKey);
        return new CallbackAnswer(CallbackSignature.Sign(keys.Token, timestamp, nonce, encrypted), timestamp, nonce, encrypted);
    }

    /// <summary>The answer's body.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CallbackJsonContext.Default.CallbackAnswer);
}
