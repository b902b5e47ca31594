using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Hosting;

/// <summary>A function that HTTP requests trigger.</summary>
/// <param name="Function">The function.</param>
/// <param name="Trigger">Its route, methods and key level.</param>
public sealed record HttpFunction(FunctionMethod Function, HttpTriggerAttribute Trigger)
{
    /// <summary>Its route below the prefix; the function's name where it has none of its own.</summary>
    public string Route => Trigger.Route ?? Function.Name;

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
            Task<IResult> task => await task.ConfigureAwait(false),
            IResult done => done,
            _ => throw Function.Unsupported($"what to do with a {Function.Method.ReturnType}"),
        };
        await answer.ExecuteAsync(context).ConfigureAwait(false);
    }
}
