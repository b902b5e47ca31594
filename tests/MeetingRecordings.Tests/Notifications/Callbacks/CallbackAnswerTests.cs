using System.Text;
using System.Text.Json;
using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Tests.Notifications.Callbacks;

public sealed class CallbackAnswerTests
{
    private readonly CallbackAnswer _answer = CallbackAnswer.Success(PushedCallback.Keys, PushedCallback.Now);

    [Fact]
    public void The_answer_is_the_word_success_encrypted_for_the_owner_and_signed()
    {
        var plaintext = PushedCallback.Cipher.TryDecrypt(_answer.Encrypt);

        Assert.Equal("success", Encoding.UTF8.GetString(plaintext!.Message.Span));
        Assert.Equal(PushedCallback.OwnerKey, plaintext.OwnerKey);
        Assert.True(CallbackSignature.Verify(_answer.MsgSignature, PushedCallback.Token, _answer.TimeStamp, _answer.Nonce, _answer.Encrypt));
    }

    [Fact]
    public void The_answer_has_DingTalks_four_fields_all_strings()
    {
        using var json = JsonDocument.Parse(_answer.ToJson());

        Assert.Equal(
            [("msg_signature", _answer.MsgSignature), ("timeStamp", "1795420800000"), ("nonce", _answer.Nonce), ("encrypt", _answer.Encrypt)],
            json.RootElement.EnumerateObject().Select(static field => (field.Name, field.Value.GetString()!)));
        Assert.Matches("^[A-Za-z0-9]{16}$", _answer.Nonce);
    }

    [Fact]
    public void Two_answers_share_neither_nonce_nor_cipher_text()
    {
        var other = CallbackAnswer.Success(PushedCallback.Keys, PushedCallback.Now);

        Assert.NotEqual(_answer.Nonce, other.Nonce);
        Assert.NotEqual(_answer.Encrypt, other.Encrypt);
    }

    [Fact]
    public void Keys_do_not_print_their_token()
        => Assert.DoesNotContain(PushedCallback.Token, PushedCallback.Keys.ToString(), StringComparison.Ordinal);
}
