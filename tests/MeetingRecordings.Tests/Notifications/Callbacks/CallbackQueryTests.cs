using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Tests.Notifications.Callbacks;

public sealed class CallbackQueryTests
{
    [Theory]
    [InlineData("signature", "timestamp")]
    [InlineData("signature", "timeStamp")]
    [InlineData("msg_signature", "timestamp")]
    [InlineData("msg_signature", "timeStamp")]
    public void Every_spelling_is_read(string signature, string timestamp)
        => Assert.Equal(new CallbackQuery("s", "t", "n"), Read((signature, "s"), (timestamp, "t"), ("nonce", "n")));

    [Fact]
    public void The_newer_spelling_of_the_signature_counts_where_both_are_sent()
        => Assert.Equal("new", Read(("signature", "old"), ("msg_signature", "new")).Signature);

    [Fact]
    public void The_documented_spelling_of_the_time_counts_where_both_are_sent()
        => Assert.Equal("documented", Read(("timeStamp", "other"), ("timestamp", "documented")).Timestamp);

    [Fact]
    public void An_empty_parameter_is_an_absent_one()
    {
        Assert.Equal(new CallbackQuery("old", "t", null), Read(("msg_signature", ""), ("signature", "old"), ("timestamp", ""), ("timeStamp", "t"), ("nonce", "")));
        Assert.Equal(new CallbackQuery(null, null, null), Read());
    }

    private static CallbackQuery Read(params (string Name, string Value)[] parameters)
        => CallbackQuery.Read(name => parameters.FirstOrDefault(parameter => parameter.Name == name).Value);
}
