namespace DingTalkSimulator.Tests;

public sealed class SimulatorCommandTests
{
    [Fact]
    public void The_port_and_the_callback_url_are_read()
    {
        var command = new SimulatorCommand();

        var arguments = command.Parse("--port 5100 --callback-url http://localhost:7071/api/dingtalk/events");

        Assert.Empty(arguments.Errors);
        Assert.Equal(5100, arguments.GetRequiredValue(command.Port));
        Assert.Equal(new Uri("http://localhost:7071/api/dingtalk/events"), arguments.GetRequiredValue(command.CallbackUrl));
    }

    [Fact]
    public void Neither_is_needed()
    {
        var command = new SimulatorCommand();

        var arguments = command.Parse("");

        Assert.Empty(arguments.Errors);
        Assert.Equal(0, arguments.GetValue(command.Port));
        Assert.Null(arguments.GetValue(command.CallbackUrl));
    }

    [Fact]
    public void A_third_party_app_has_a_key_and_a_secret()
    {
        var command = new SimulatorCommand();

        var arguments = command.Parse("--suite-key suite000 --suite-secret secret");

        Assert.Empty(arguments.Errors);
        Assert.Equal(("suite000", "secret"), (arguments.GetValue(command.SuiteKey), arguments.GetValue(command.SuiteSecret)));
    }

    [Theory]
    [InlineData("--suite-key suite000", "--suite-key and --suite-secret")]
    [InlineData("--suite-secret secret", "--suite-key and --suite-secret")]
    [InlineData("--port x", "--port")]
    [InlineData("--port -1", "--port")]
    [InlineData("--port 65536", "--port")]
    [InlineData("--callback-url events", "--callback-url")]
    [InlineData("--callback-url /events", "--callback-url")]
    [InlineData("--callback-url ftp://host/events", "--callback-url")]
    public void What_cannot_be_right_is_named(string line, string option)
    {
        var error = Assert.Single(new SimulatorCommand().Parse(line).Errors);

        Assert.StartsWith($"{option}: expected ", error.Message, StringComparison.Ordinal);
    }
}
