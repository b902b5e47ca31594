using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Hosting;

/// <summary>A function that HTTP requests trigger.</summary>
/// <param name="Function">The function.</param>
/// <param name="Route">Its route below the prefix.</param>
/// <param name="Methods">Its methods, in any case; none means all.</param>
/// <param name="Level">Which key opens it.</param>
public sealed record HttpFunction(FunctionMethod Function, string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level)
{
    /// <summary>Whether it handles requests of that method.</summary>
    /// <param name="method">The method.</param>
    public bool Handles(string method) => Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    /// <summary>Handles a request whose key has been checked.</summary>
    /// <param name="context">The request.</param>
    public async Task RunAsync(HttpContext context)
    {
        var result = Function.Invoke(context.RequestServices, parameter => parameter.ParameterType switch
        {
            var type when type == typeof(HttpRequest) => context.Request,
            var type when type == typeof(CancellationToken) => context.RequestAborted,
            var type => throw Function.Unsupported($"how to bind a {type}"),
        });
        var answer = result switch
        {
            Task<IResult> task => await task,
            IResult done => done,
            _ => throw Function.Unsupported($"what to do with a {Function.Method.ReturnType}"),
        };
        await answer.ExecuteAsync(context);
    }
}
