using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MeetingRecordings.Notifications.Callbacks;

namespace DingTalkSimulator.Pushing;

/// <summary>Encrypts and signs pushes for the internal app or for the third-party app.</summary>
internal sealed class PushEncryptor
{
    private const int NonceLength = 8;
    private const string NonceAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly TimeProvider _clock;
    private readonly CallbackKeys _app;
    private readonly CallbackKeys? _suite;

    public PushEncryptor(SimulatorOptions options)
    {
        var cipher = new CallbackCipher(options.EncodingAesKey);
        _clock = options.Clock;
        _app = new CallbackKeys(options.CallbackToken, cipher, options.AppKey);
        _suite = options.SuiteKey is null ? null : new CallbackKeys(options.CallbackToken, cipher, options.SuiteKey);
    }

    /// <summary>Encrypts a push.</summary>
    /// <param name="callbackUrl">Where to.</param>
    /// <param name="plaintext">UTF-8 JSON.</param>
    /// <param name="forSuite">Whether it is for the third-party app.</param>
    /// <exception cref="InvalidOperationException">There is no third-party app.</exception>
    public EncryptedPush Encrypt(Uri callbackUrl, ReadOnlySpan<byte> plaintext, bool forSuite)
    {
        var keys = !forSuite
            ? _app
            : _suite ?? throw new InvalidOperationException("No third-party app is known. Start the simulator with a suite key.");
        var encrypted = keys.Cipher.Encrypt(plaintext, keys.OwnerKey);
        var timestamp = _clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetString(NonceAlphabet, NonceLength);
        var signature = CallbackSignature.Sign(keys.Token, timestamp, nonce, encrypted);
        var query = $"signature={signature}&msg_signature={signature}&timestamp={timestamp}&nonce={nonce}";
        var url = new UriBuilder(callbackUrl);
        url.Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query;
        return new EncryptedPush(url.Uri, Encoding.ASCII.GetBytes($"{{\"encrypt\":\"{encrypted}\"}}"), keys);
    }
}
