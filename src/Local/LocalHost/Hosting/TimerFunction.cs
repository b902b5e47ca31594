using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace LocalHost.Hosting;

/// <summary>A function that a timer triggers.</summary>
/// <param name="Function">The function.</param>
/// <param name="Schedule">When, in UTC.</param>
/// <param name="RunsOnStartup">Whether it also runs when the host starts.</param>
public sealed record TimerFunction(FunctionMethod Function, CrontabSchedule Schedule, bool RunsOnStartup)
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <summary>Reads a schedule of six fields.</summary>
    /// <param name="function">The function.</param>
    /// <param name="schedule">The schedule, settings filled in.</param>
    /// <param name="runsOnStartup">Whether it also runs when the host starts.</param>
    /// <exception cref="LocalHostException">It is no such schedule.</exception>
    public static TimerFunction Create(FunctionMethod function, string schedule, bool runsOnStartup)
        => CrontabSchedule.TryParse(schedule, WithSeconds) is { } parsed
            ? new TimerFunction(function, parsed, runsOnStartup)
            : throw new LocalHostException($"The schedule '{schedule}' of the function {function.Name} is malformed: expected six fields, for instance 0 */5 * * * *.");

    /// <summary>Handles one turn of the timer.</summary>
    /// <param name="services">Where the function's needs come from.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    public async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var result = Function.Invoke(services, parameter => parameter.ParameterType switch
        {
            var type when type == typeof(TimerInfo) => new TimerInfo(),
            var type when type == typeof(CancellationToken) => cancellationToken,
            var type => throw Function.Unsupported($"how to bind a {type}"),
        });
        await (result as Task ?? throw Function.Unsupported($"what to do with a {Function.Method.ReturnType}"));
    }
}
