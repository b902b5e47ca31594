using System.CommandLine;
using DingTalkSimulator;

var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes any free one.", DefaultValueFactory = _ => 0 };
var callbackUrl = new Option<Uri?>("--callback-url")
{
    Description = "Where events are pushed to.",
    CustomParser = static argument =>
    {
        if (Uri.TryCreate(argument.Tokens.Single().Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        argument.AddError("--callback-url: expected an address such as http://localhost:7071/api/dingtalk/events.");
        return null;
    },
};
var pushRetries = new Option<double[]>("--push-retries")
{
    Description = "The waits before each further try of a push that failed, in seconds.",
    DefaultValueFactory = _ => [10, 30],
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand("Plays DingTalk: its API, its event push, and whatever shall go wrong with them.") { port, callbackUrl, pushRetries };
command.SetAction((arguments, cancellationToken) => Session.RunAsync(
    new SimulatorOptions
    {
        Port = arguments.GetValue(port),
        CallbackUrl = arguments.GetValue(callbackUrl),
        PushRetries = [.. arguments.GetRequiredValue(pushRetries).Select(TimeSpan.FromSeconds)],
    },
    cancellationToken));
return await command.Parse(args).InvokeAsync();
