using System.CommandLine;
using DingTalkSimulator;

var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes any free one.", DefaultValueFactory = _ => 0 };
var callbackUrl = new Option<Uri?>("--callback-url") { Description = "Where events are pushed to." };
var command = new RootCommand("Plays DingTalk: its API, its event push, and whatever shall go wrong with them.") { port, callbackUrl };
command.SetAction((arguments, cancellationToken) => Session.RunAsync(
    new SimulatorOptions { Port = arguments.GetValue(port), CallbackUrl = arguments.GetValue(callbackUrl) },
    cancellationToken));
return await command.Parse(args).InvokeAsync();
