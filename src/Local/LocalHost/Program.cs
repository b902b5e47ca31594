using System.CommandLine;
using System.CommandLine.Invocation;
using LocalHost.Commands;

var parsed = LocalHostCommand.Create().Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    error.ShowHelp = false;
}

// Signals are handled by StopSignal, which gives functions the time that they need to finish.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
