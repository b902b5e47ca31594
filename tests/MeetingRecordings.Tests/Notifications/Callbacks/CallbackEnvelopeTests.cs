using System.Text;
using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Tests.Notifications.Callbacks;

public sealed class CallbackEnvelopeTests
{
    [Theory]
    [InlineData("""{"encrypt":"QUJD"}""")]
    [InlineData("\ufeff{\"encrypt\":\"QUJD\"}")]
    [InlineData(" \r\n{ \"encrypt\" : \"QUJD\" }\n")]
    [InlineData("""{"encrypt":"\u0051UJ\u0044"}""")]
    [InlineData("""{"\u0065ncrypt":"QUJD"}""")]
    [InlineData("""{"a":1,"encrypt":"QUJD","b":null}""")]
    [InlineData("""{"a":{"b":{"c":1}},"encrypt":"QUJD"}""")]
    [InlineData("""{"a":[{"encrypt":"no"}],"encrypt":"QUJD","b":{"encrypt":"no"}}""")]
    [InlineData("""{"Encrypt":"no","encrypt":"QUJD","ENCRYPT":"no"}""")]
    [InlineData("""{"encrypt":"no","encrypt":"QUJD"}""")]
    [InlineData("""{"encrypt":17,"encrypt":"QUJD"}""")]
    public void The_field_is_found_wherever_it_stands_and_however_it_is_written(string body) => Assert.Equal("QUJD", Find(body));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"encrypt\"")]
    [InlineData("[]")]
    [InlineData("""["encrypt","QUJD"]""")]
    [InlineData("""[{"encrypt":"QUJD"}]""")]
    [InlineData("{}")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"Encrypt":"QUJD"}""")]
    [InlineData("""{"a":{"encrypt":"QUJD"}}""")]
    [InlineData("""{"encrypt":17}""")]
    [InlineData("""{"encrypt":null}""")]
    [InlineData("""{"encrypt":["QUJD"]}""")]
    [InlineData("""{"encrypt":{"encrypt":"QUJD"}}""")]
    [InlineData("""{"encrypt":"QUJD","encrypt":17}""")]
    [InlineData("""{"encrypt":"QUJD"}{}""")]
    [InlineData("""{"encrypt":"QUJD"} trailing""")]
    [InlineData("""{"encrypt":"QUJD",}""")]
    [InlineData("""{"encrypt":"QUJD" """)]
    [InlineData("""{"encrypt":"QUJ""")]
    [InlineData("""{"encrypt":"\ud800"}""")]
    public void What_is_no_object_with_that_one_field_is_none(string body) => Assert.Null(Find(body));

    private static string? Find(string body)
    {
        var utf8 = Encoding.UTF8.GetBytes(body);
        return CallbackEnvelope.TryReadEncrypted(utf8, new byte[utf8.Length], out var encrypted) ? Encoding.UTF8.GetString(encrypted) : null;
    }
}
