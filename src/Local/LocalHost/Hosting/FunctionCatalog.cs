using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Hosting;

/// <summary>The functions of an assembly, found by their attributes as the Functions host finds them; those that a setting disables are left out.</summary>
/// <param name="Http">Those that HTTP triggers.</param>
/// <param name="Queues">Those that Service Bus triggers.</param>
/// <param name="Timers">Those that a timer triggers.</param>
public sealed partial record FunctionCatalog(IReadOnlyList<HttpFunction> Http, IReadOnlyList<QueueFunction> Queues, IReadOnlyList<TimerFunction> Timers)
{
    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">The assembly with the function classes.</param>
    /// <param name="settings">Fills <c>%name%</c> in.</param>
    /// <exception cref="LocalHostException">A function has a trigger that this host does not know, or a setting is missing.</exception>
    public static FunctionCatalog Read(Assembly assembly, IConfiguration settings)
    {
        var http = new List<HttpFunction>();
        var queues = new List<QueueFunction>();
        var timers = new List<TimerFunction>();
        foreach (var function in assembly.GetTypes().SelectMany(static type => type.GetMethods()).Select(ToFunction).OfType<FunctionMethod>().Where(f => !IsDisabled(f, settings)))
        {
            switch (function.Method.GetParameters().SelectMany(static parameter => parameter.GetCustomAttributes()).FirstOrDefault(IsTrigger))
            {
                case HttpTriggerAttribute trigger:
                    http.Add(new HttpFunction(function, trigger));
                    break;
                case ServiceBusTriggerAttribute { QueueName: { } queue } trigger:
                    queues.Add(new QueueFunction(function, trigger, FillIn(queue, function.Name, settings)));
                    break;
                case TimerTriggerAttribute trigger:
                    timers.Add(TimerFunction.Create(function, FillIn(trigger.Schedule, function.Name, settings), trigger.RunOnStartup));
                    break;
                case var unknown:
                    throw function.Unsupported(unknown is null ? "its trigger" : $"the trigger {unknown.GetType().Name}");
            }
        }

        return new FunctionCatalog(http, queues, timers);
    }

    private static FunctionMethod? ToFunction(MethodInfo method)
        => method.GetCustomAttribute<FunctionAttribute>() is { } function ? new FunctionMethod(function.Name, method) : null;

    // Both spellings that the Functions host knows.
    private static bool IsDisabled(FunctionMethod function, IConfiguration settings)
        => (settings[$"AzureWebJobs.{function.Name}.Disabled"] ?? settings[$"AzureWebJobs:{function.Name}:Disabled"]) is { } disabled
            && (disabled == "1" || disabled.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static bool IsTrigger(Attribute attribute) => attribute.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal);

    private static string FillIn(string text, string function, IConfiguration settings)
        => SettingName().Replace(text, match => settings[match.Groups[1].Value] is { Length: > 0 } value
            ? value
            : throw new LocalHostException($"The setting {match.Groups[1].Value} is missing: the function {function} needs it for its trigger."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex SettingName();
}
