using System.CommandLine;
using BenchmarkDotNet.Running;
using Benchmarks.Chaos;
using Benchmarks.Load;
using Benchmarks.Model;
using Benchmarks.Notifications;
using Benchmarks.ServiceBus;
using Benchmarks.Start;
using Benchmarks.Worker;

// BenchmarkDotNet has a command line of its own.
if (args is ["micro", .. var options])
{
    BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run(options, Benchmarks.ShortRun.Config);
    return 0;
}

var root = new RootCommand("Measures Meeting Recordings on this machine. 'micro' runs the micro-benchmarks (options of BenchmarkDotNet, for instance --filter '*').")
{
    AcceptCommand.Create(),
    ChaosCommand.Create(),
    LoadCommand.Create(),
    ModelCommand.Create(),
    NotificationsCommand.Create(),
    RawCommand.Create(),
    ServiceBusCommand.Create(),
    StartCommand.Create(),
    WorkerCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
