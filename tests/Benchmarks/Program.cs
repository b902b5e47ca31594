using BenchmarkDotNet.Running;
using Benchmarks.Notifications;

if (args is ["micro", .. var options])
{
    BenchmarkSwitcher.FromAssembly(typeof(ReadPushBenchmark).Assembly).Run(options);
    return 0;
}

Console.Error.WriteLine("Expected: micro [options of BenchmarkDotNet], for instance micro --filter '*'");
return 1;
