using System.Text.Json;
using System.Text.RegularExpressions;
using MeetingRecordings.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace LocalHost.Hosting;

/// <summary>
/// The app's functions, read from the metadata that its build generates for every Functions host. Those that a setting disables are
/// left out.
/// </summary>
/// <param name="Http">Those that HTTP triggers.</param>
/// <param name="Queues">Those that Service Bus triggers.</param>
/// <param name="Timers">Those that a timer triggers.</param>
/// <param name="Faults">Those that cannot run because a setting of their trigger is missing: a sentence each. The others run.</param>
public sealed partial record FunctionCatalog(
    IReadOnlyList<HttpFunction> Http,
    IReadOnlyList<QueueFunction> Queues,
    IReadOnlyList<TimerFunction> Timers,
    IReadOnlyList<string> Faults)
{
    /// <summary>Reads the metadata.</summary>
    /// <param name="settings">Fills <c>%name%</c> in.</param>
    /// <exception cref="LocalHostException">A function has a trigger that this host does not know.</exception>
    public static async Task<FunctionCatalog> ReadAsync(IConfiguration settings)
    {
        var http = new List<HttpFunction>();
        var queues = new List<QueueFunction>();
        var timers = new List<TimerFunction>();
        var faults = new List<string>();
        foreach (var metadata in await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(""))
        {
            var function = FunctionMethod.Find(metadata.Name!, metadata.EntryPoint!);
            if (IsDisabled(function.Name, settings))
            {
                continue;
            }

            var trigger = TriggerOf(metadata);
            if (MissingSetting(trigger, settings) is { } missing)
            {
                faults.Add($"The function {function.Name} is disabled: its trigger needs the setting {missing}, which is missing.");
                continue;
            }

            switch (trigger.Type)
            {
                case TriggerMetadata.HttpTrigger:
                    http.Add(new HttpFunction(
                        function,
                        trigger.Route ?? function.Name,
                        trigger.Methods ?? [],
                        Enum.Parse<AuthorizationLevel>(trigger.AuthLevel!, ignoreCase: true)));
                    break;
                case TriggerMetadata.ServiceBusTrigger:
                    queues.Add(new QueueFunction(
                        function, trigger.Connection ?? "AzureWebJobsServiceBus", FillIn(trigger.QueueName!, settings), trigger.AutoCompleteMessages ?? true));
                    break;
                case TriggerMetadata.TimerTrigger:
                    timers.Add(TimerFunction.Create(function, FillIn(trigger.Schedule!, settings), trigger.RunOnStartup ?? false));
                    break;
                default:
                    throw function.Unsupported($"the trigger {trigger.Type}");
            }
        }

        return new FunctionCatalog(http, queues, timers, faults);
    }

    private static TriggerMetadata TriggerOf(IFunctionMetadata metadata) => metadata.RawBindings!
        .Select(static binding => JsonSerializer.Deserialize(binding, TriggerMetadataJsonContext.Default.TriggerMetadata)!)
        .Single(static binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal));

    // Both spellings that the Functions host knows.
    private static bool IsDisabled(string function, IConfiguration settings)
        => (settings[$"AzureWebJobs.{function}.Disabled"] ?? settings[$"AzureWebJobs:{function}:Disabled"]) is { } disabled
            && (disabled == "1" || disabled.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static string? MissingSetting(TriggerMetadata trigger, IConfiguration settings)
        => SettingName().Matches($"{trigger.QueueName}{trigger.Schedule}")
            .Select(static match => match.Groups[1].Value)
            .FirstOrDefault(name => string.IsNullOrEmpty(settings[name]));

    private static string FillIn(string text, IConfiguration settings)
        => SettingName().Replace(text, match => settings[match.Groups[1].Value]!);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex SettingName();
}
