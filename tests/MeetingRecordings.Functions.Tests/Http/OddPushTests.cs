using MeetingRecordings.Functions.Http;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>Pushes that are DingTalk's by signature and cipher, yet made by a sender with ways of its own.</summary>
public sealed class OddPushTests : HttpTest
{
    private const string Token = "tokenxxxx";
    private const string OwnerKey = "dingxxxxxx";
    private const string Closed = """{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1"}}""";

    private static readonly CallbackCipher Cipher = new("o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus");

    // {0} is the signature, {1} the time.
    [Theory]
    [InlineData("signature={0}&msg_signature={0}&timestamp={1}&nonce=n")]
    [InlineData("msg_signature={0}&timestamp={1}&timeStamp={1}&nonce=n")]
    [InlineData("msg_signature={0}&timestamp=&timeStamp={1}&nonce=n")]
    [InlineData("msg_signature={0}&msg_signature={0}&timestamp={1}&timestamp={1}&nonce=n&nonce=n")]
    [InlineData("msg_signature=&signature={0}&timestamp={1}&nonce=&nonce=n")]
    [InlineData("corpid=c&MSG_SIGNATURE={0}&TIMESTAMP={1}&Nonce=n&x=")]
    public async Task A_parameter_that_comes_twice_in_one_spelling_or_two_or_empty_first_is_read_once(string query)
        => Assert.Equal(200, await PostAsync(Closed, query: query));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("Application/Json;Charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset")]
    [InlineData("application/json;;charset=utf-8")]
    [InlineData("application/json; charset=gbk")]
    public async Task The_signature_proves_a_push_whose_content_type_is_missing_or_oddly_spelt(string? contentType)
        => Assert.Equal(200, await PostAsync(Closed, contentType: contentType));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_push_that_says_it_is_something_else_is_answered_415(string contentType)
        => Assert.Equal(415, await PostAsync(Closed, contentType: contentType));

    [Theory]
    [InlineData("\ufeff{0}", "{0}")]
    [InlineData("\r\n\t {0}\r\n", "\r\n {0}\t\n")]
    [InlineData("{0}", "\ufeff{0}")]
    [InlineData("\ufeff\n{0}", "\ufeff\n{0}")]
    public async Task White_space_and_byte_order_marks_around_the_body_and_the_event_are_passed_over(string body, string plaintext)
        => Assert.Equal(200, await PostAsync(plaintext.Replace("{0}", Closed, StringComparison.Ordinal), body: body));

    [Fact]
    public async Task Further_fields_around_the_cipher_text_are_passed_over()
    {
        const string body = """{"msg_signature":"x","timeStamp":1,"encrypt":"not this one","more":[{"encrypt":[1,{}]}],"encrypt":ENCRYPT,"nonce":null}""";

        Assert.Equal(200, await PostAsync(Closed, body: body));
    }

    private async Task<int> PostAsync(
        string plaintext,
        string query = "msg_signature={0}&timestamp={1}&nonce=n",
        string? contentType = "application/json",
        string body = "{0}")
    {
        var encrypted = Cipher.Encrypt(Encoding.UTF8.GetBytes(plaintext), OwnerKey);
        var timestamp = Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.Sign(Token, timestamp, "n", encrypted);
        var json = body.Replace("{0}", """{"encrypt":ENCRYPT}""", StringComparison.Ordinal).Replace("ENCRYPT", JsonSerializer.Serialize(encrypted), StringComparison.Ordinal);
        HttpRequest request = Request(Encoding.UTF8.GetBytes(json), $"?{string.Format(CultureInfo.InvariantCulture, query, signature, timestamp)}", contentType!);
        var reader = new CallbackVerifier([new CallbackKeys(Token, Cipher, OwnerKey)], TimeSpan.FromMinutes(10), Clock);
        var function = new DingTalkEvents(reader, new PushIntake(Queue, Tickets, Clock, NullLogger<DingTalkEvents>.Instance), Clock);
        var (status, _) = await ExecuteAsync(await function.RunAsync(request, TestContext.Current.CancellationToken), "DingTalkEvents");
        Assert.Equal(status == 200 ? ["conf-1:ended"] : [], Sent.Select(static m => m.MessageId));
        return status;
    }
}
