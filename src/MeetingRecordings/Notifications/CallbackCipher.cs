using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Notifications;

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

        using var aes = CreateAes();
        var padded = aes.DecryptCbc(cipherText.AsSpan(0, length), Iv, PaddingMode.None);
        var padding = padded[^1];
        if (padding is < 1 or > PaddingBlock
            || padded.AsSpan(^padding..).ContainsAnyExcept(padding)
            || padded.Length - padding < MessageOffset)
        {
            return null;
        }

        var plain = padded.AsMemory(..^padding);
        var messageLength = BinaryPrimitives.ReadUInt32BigEndian(plain.Span[LengthOffset..]);
        if (messageLength > plain.Length - MessageOffset)
        {
            return null;
        }

        return new CallbackPlaintext(
            plain.Slice(MessageOffset, (int)messageLength),
            Encoding.UTF8.GetString(plain.Span[(MessageOffset + (int)messageLength)..]));
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
