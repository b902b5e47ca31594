using System.Globalization;
using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Tests.Notifications.Callbacks;

public sealed class CallbackSignatureTests
{
    [Theory]
    [MemberData(nameof(CallbackVector.Names), MemberType = typeof(CallbackVector))]
    public void A_published_signature_is_made_and_accepted(string name)
    {
        var vector = CallbackVector.Of(name);

        Assert.Equal(vector.Signature, CallbackSignature.Sign(vector.Token, vector.Timestamp, vector.Nonce, vector.Encrypt));
        Assert.True(CallbackSignature.Verify(vector.Signature, vector.Token, vector.Timestamp, vector.Nonce, vector.Encrypt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("en-US")]
    [InlineData("da-DK")]
    [InlineData("zh-CN")]
    public void The_order_of_the_parts_is_ordinal_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            // Ordinally 'Z' comes before 'a', and '9' before both; a culture puts 'a' before 'Z'.
            Assert.Equal(
                "b1d135a73cacc60a3e9b985f2d0561a439d373dc",
                CallbackSignature.Sign("atoken", "9", "Znonce", "bcipher"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("5a65ceeef9aab2d149439f82dc191dd6c5cbe2c")]
    [InlineData("5a65ceeef9aab2d149439f82dc191dd6c5cbe2c00")]
    [InlineData("5A65CEEEF9AAB2D149439F82DC191DD6C5CBE2C0")]
    [InlineData("5a65ceeef9aab2d149439f82dc191dd6c5cbe2c1")]
    [InlineData("6a65ceeef9aab2d149439f82dc191dd6c5cbe2c0")]
    [InlineData("5a65ceeef9aab2d149439f82dc191dd6c5cbe2cé")]
    public void Another_signature_is_refused(string signature)
    {
        var vector = CallbackVector.Of("official-docs-check_create_suite_url");

        Assert.False(CallbackSignature.Verify(signature, vector.Token, vector.Timestamp, vector.Nonce, vector.Encrypt));
    }
}
