namespace LocalHost.Hosting;

/// <summary>A binding in the metadata that a build generates: what of any trigger is used here.</summary>
internal sealed record TriggerMetadata(
    string Type,
    string? AuthLevel,
    IReadOnlyList<string>? Methods,
    string? Route,
    string? QueueName,
    string? Connection,
    bool? AutoCompleteMessages,
    string? Schedule,
    bool? RunOnStartup)
{
    public const string HttpTrigger = "httpTrigger";

    public const string ServiceBusTrigger = "serviceBusTrigger";

    public const string TimerTrigger = "timerTrigger";
}
