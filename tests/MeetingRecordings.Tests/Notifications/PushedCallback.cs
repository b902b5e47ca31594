using System.Globalization;
using System.Text;
using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Tests.Notifications;

/// <summary>A push as DingTalk makes it: the plaintext encrypted, then signed.</summary>
internal sealed record PushedCallback(string Signature, string Timestamp, string Nonce, byte[] Body)
{
    public const string Token = "tokenxxxx";
    public const string OwnerKey = "dingxxxxxx";
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    public static readonly CallbackCipher Cipher = new("o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus");
    public static readonly CallbackKeys Keys = new(Token, Cipher, OwnerKey);

    public CallbackQuery Query => new(Signature, Timestamp, Nonce);

    public static PushedCallback Of(ReadOnlySpan<byte> plaintext, string? timestamp = null, CallbackKeys? keys = null)
    {
        var used = keys ?? Keys;
        return Of(used.Cipher.Encrypt(plaintext, used.OwnerKey), timestamp, used.Token);
    }

    public static PushedCallback Of(string encrypt, string? timestamp = null, string token = Token)
    {
        const string nonce = "WelUQl6bCqcBa2fM";
        timestamp ??= Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new PushedCallback(
            CallbackSignature.Sign(token, timestamp, nonce, encrypt),
            timestamp,
            nonce,
            Encoding.UTF8.GetBytes($$"""{"encrypt":"{{encrypt}}"}"""));
    }
}
