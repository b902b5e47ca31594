using System.Net.Http.Headers;
using System.Text;
using DingTalkSimulator;
using MeetingRecordings.Notifications.Callbacks;

namespace EndToEnd.Tests.Notifications;

/// <summary>A push as DingTalk makes it, every part of which a test can choose.</summary>
internal sealed record DingTalkPush(string Plaintext)
{
    public string Token { get; init; } = DevelopmentCredentials.CallbackToken;

    public string EncodingAesKey { get; init; } = DevelopmentCredentials.EncodingAesKey;

    public string OwnerKey { get; init; } = DevelopmentCredentials.AppKey;

    public string Timestamp { get; init; } = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString();

    /// <summary>The signature; the right one unless it is set.</summary>
    public string? Signature { get; init; }

    public string SignatureName { get; init; } = "msg_signature";

    public string TimestampName { get; init; } = "timestamp";

    public HttpRequestMessage ToRequest()
    {
        var encrypted = new CallbackCipher(EncodingAesKey).Encrypt(Encoding.UTF8.GetBytes(Plaintext), OwnerKey);
        var signature = Signature ?? CallbackSignature.Sign(Token, Timestamp, "nonce", encrypted);
        return new HttpRequestMessage(HttpMethod.Post, $"dingtalk/events?{SignatureName}={signature}&{TimestampName}={Timestamp}&nonce=nonce")
        {
            Content = new StringContent($$"""{"encrypt":"{{encrypted}}"}""", MediaTypeHeaderValue.Parse("application/json")),
        };
    }
}
