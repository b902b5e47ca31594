using System.Reflection;
using BenchmarkDotNet.Attributes;
using LocalHost.Hosting;

namespace Benchmarks.Hosting;

/// <summary>What it costs LocalHost to call a function, beside how plain reflection would.</summary>
[MemoryDiagnoser]
public class InvokeBenchmark
{
    private static readonly MethodInfo Method = typeof(EmptyFunction).GetMethod(nameof(EmptyFunction.RunAsync))!;

    private readonly EmptyFunction _instance = new();
    private readonly IServiceProvider _services = new NoServices();
    private readonly FunctionMethod _function = new(nameof(EmptyFunction), Method);
    private readonly object _message = new();

    /// <summary>Parameters and method looked up at every call.</summary>
    [Benchmark(Baseline = true)]
    public object? Reflection()
        => Method.Invoke(_instance, BindingFlags.DoNotWrapExceptions, null, [.. Method.GetParameters().Select(Bind)], null);

    /// <summary>As LocalHost does, the function's instance made anew.</summary>
    [Benchmark]
    public object? Invoker() => _function.Invoke(_services, Bind);

    private object Bind(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(object) => _message,
        _ => CancellationToken.None,
    };

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    /// <summary>Does nothing.</summary>
    internal sealed class EmptyFunction
    {
        private readonly Task _done = Task.CompletedTask;

        public Task RunAsync(object message, CancellationToken cancellationToken) => message is null ? Task.FromCanceled(cancellationToken) : _done;
    }
}
