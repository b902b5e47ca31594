using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>
/// DingTalk's callback encryption: AES-256-CBC over <c>random(16) ‖ length(4, big endian) ‖ message ‖ owner key ‖ padding</c>,
/// where the key is the base64 of 43 characters, the IV its first 16 bytes, and the padding PKCS#7 with a block of 32.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Callback event message body encryption and decryption".</remarks>
public sealed class CallbackCipher
{
    /// <summary>The number of random bytes that open every plaintext.</summary>
    public const int RandomLength = 16;

    /// <summary>The number of characters of an EncodingAESKey.</summary>
    public const int EncodingAesKeyLength = 43;

    // Twice the AES block, so .NET's own PKCS#7 refuses half of all valid messages.
    private const int PaddingBlock = 32;
    private const int LengthOffset = RandomLength;
    private const int MessageOffset = RandomLength + sizeof(int);

    private readonly byte[] _key;

    /// <summary>Creates a cipher for one key.</summary>
    /// <param name="encodingAesKey">The EncodingAESKey of the DingTalk console: 43 letters and digits.</param>
    /// <exception cref="FormatException">The key is not of that form.</exception>
    public CallbackCipher(string encodingAesKey)
    {
        _key = DecodeKey(encodingAesKey);
    }

    private ReadOnlySpan<byte> Iv => _key.AsSpan(0, RandomLength);

    /// <summary>Whether cipher text can have this many bytes.</summary>
    /// <param name="length">A number of bytes.</param>
    public static bool IsCipherTextLength(int length) => length > 0 && length % PaddingBlock == 0;

    /// <summary>Decrypts the <c>encrypt</c> field of a push.</summary>
    /// <param name="encrypted">Standard base64; white space around it is ignored.</param>
    /// <returns>The plaintext, or null where the input is no cipher text of this key.</returns>
    public CallbackPlaintext? TryDecrypt(string encrypted)
    {
        var cipherText = new byte[encrypted.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(encrypted, cipherText, out var length) || !IsCipherTextLength(length))
        {
            return null;
        }

        var plain = new byte[length];
        return TryDecrypt(cipherText.AsSpan(0, length), plain, out var message, out var ownerKey)
            ? new CallbackPlaintext(plain.AsMemory(message), Encoding.UTF8.GetString(plain.AsSpan(ownerKey)))
            : null;
    }

    /// <summary>Decrypts without allocating, in a time that does not tell what is wrong with the cipher text.</summary>
    /// <param name="cipherText">As many bytes as <see cref="IsCipherTextLength"/> allows.</param>
    /// <param name="plain">Is overwritten, whatever comes of it; as long as the cipher text.</param>
    /// <param name="message">Where the message then lies.</param>
    /// <param name="ownerKey">Where the owner key then lies, UTF-8.</param>
    /// <returns>False where the input is no cipher text of this key.</returns>
    internal bool TryDecrypt(ReadOnlySpan<byte> cipherText, Span<byte> plain, out Range message, out Range ownerKey)
    {
        using var aes = CreateAes();
        aes.DecryptCbc(cipherText, Iv, plain, PaddingMode.None);
        int padding = plain[^1];
        var known = Math.Clamp(padding, 1, PaddingBlock);
        var end = plain.Length - known;
        var length = BinaryPrimitives.ReadUInt32BigEndian(plain[LengthOffset..]);
        var isMessage = padding == known
            & !plain[end..].ContainsAnyExcept((byte)known)
            & length <= (long)end - MessageOffset;
        var split = isMessage ? MessageOffset + (int)length : 0;
        message = isMessage ? MessageOffset..split : default;
        ownerKey = split..end;
        return isMessage;
    }

    /// <summary>Encrypts a message as DingTalk does.</summary>
    /// <param name="message">UTF-8 bytes.</param>
    /// <param name="ownerKey">The AppKey, CorpId or SuiteKey that the message is for.</param>
    /// <returns>Standard base64.</returns>
    public string Encrypt(ReadOnlySpan<byte> message, string ownerKey)
    {
        Span<byte> random = stackalloc byte[RandomLength];
        RandomNumberGenerator.Fill(random);
        return Encrypt(message, ownerKey, random);
    }

    /// <summary>Encrypts a message with given random bytes, so that the outcome can be compared with a published one.</summary>
    /// <param name="message">UTF-8 bytes.</param>
    /// <param name="ownerKey">The AppKey, CorpId or SuiteKey that the message is for.</param>
    /// <param name="random">Exactly <see cref="RandomLength"/> bytes.</param>
    /// <returns>Standard base64.</returns>
    public string Encrypt(ReadOnlySpan<byte> message, string ownerKey, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomLength);
        var contentLength = MessageOffset + message.Length + Encoding.UTF8.GetByteCount(ownerKey);
        var padding = PaddingBlock - contentLength % PaddingBlock;
        var plain = new byte[contentLength + padding];
        random.CopyTo(plain);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(LengthOffset), message.Length);
        message.CopyTo(plain.AsSpan(MessageOffset));
        Encoding.UTF8.GetBytes(ownerKey, plain.AsSpan(MessageOffset + message.Length));
        plain.AsSpan(contentLength).Fill((byte)padding);
        using var aes = CreateAes();
        return Convert.ToBase64String(aes.EncryptCbc(plain, Iv, PaddingMode.None));
    }

    // One per call: an Aes instance may not be shared between threads.
    private Aes CreateAes()
    {
        var aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }

    private static byte[] DecodeKey(string encodingAesKey)
    {
        // The last character's spare bits are not zero in most keys: Convert accepts that, System.Buffers.Text.Base64 does not.
        var key = new byte[33];
        return encodingAesKey.Length == EncodingAesKeyLength
            && encodingAesKey.All(char.IsAsciiLetterOrDigit)
            && Convert.TryFromBase64String(encodingAesKey + "=", key, out var length)
            && length == 32
            ? key[..32]
            : throw new FormatException("An EncodingAESKey is 43 letters and digits.");
    }
}
