using System.Reflection;
using MeetingRecordings.Functions;

namespace LocalHost.Hosting;

/// <summary>The method of a function, and how to call it.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Method">The method.</param>
public sealed record FunctionMethod(string Name, MethodInfo Method)
{
    private readonly ObjectFactory _create = ActivatorUtilities.CreateFactory(Method.DeclaringType!, Type.EmptyTypes);
    private readonly MethodInvoker _invoker = MethodInvoker.Create(Method);
    private readonly ParameterInfo[] _parameters = Method.GetParameters();

    /// <summary>Finds a method of the app.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="entryPoint">The method's full name.</param>
    public static FunctionMethod Find(string name, string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        var type = typeof(GeneratedFunctionMetadataProvider).Assembly.GetType(entryPoint[..dot], throwOnError: true)!;
        return new FunctionMethod(name, type.GetMethod(entryPoint[(dot + 1)..])!);
    }

    /// <summary>Calls the method on a new instance, as the Functions worker does.</summary>
    /// <param name="services">Where the instance's needs come from.</param>
    /// <param name="bind">Gives the value of a parameter.</param>
    /// <returns>What the method gives back.</returns>
    public object? Invoke(IServiceProvider services, Func<ParameterInfo, object> bind)
        => _invoker.Invoke(_create(services, null), new Span<object?>(Array.ConvertAll(_parameters, parameter => (object?)bind(parameter))));

    /// <summary>The exception for a parameter or result that this host cannot serve.</summary>
    /// <param name="what">What it is.</param>
    public LocalHostException Unsupported(string what) => new($"LocalHost cannot run the function {Name}: it does not know {what}.");
}
