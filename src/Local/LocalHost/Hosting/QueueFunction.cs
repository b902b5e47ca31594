using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Hosting;

/// <summary>A function that messages of a Service Bus queue trigger.</summary>
/// <param name="Function">The function.</param>
/// <param name="Connection">The setting, or the prefix of settings, that says how to connect.</param>
/// <param name="QueueName">The queue, settings filled in.</param>
/// <param name="AutoCompleteMessages">Whether the host completes a message once the function has returned.</param>
public sealed record QueueFunction(FunctionMethod Function, string Connection, string QueueName, bool AutoCompleteMessages)
{
    /// <summary>Handles a message. An exception leaves it to be delivered again.</summary>
    /// <param name="services">Where the function's needs come from.</param>
    /// <param name="args">The message.</param>
    public async Task RunAsync(IServiceProvider services, ProcessMessageEventArgs args)
    {
        var result = Function.Invoke(services, parameter => parameter.ParameterType switch
        {
            var type when type == typeof(ServiceBusReceivedMessage) => args.Message,
            var type when type == typeof(ServiceBusMessageActions) => new ProcessorMessageActions(args),
            var type when type == typeof(CancellationToken) => args.CancellationToken,
            var type => throw Function.Unsupported($"how to bind a {type}"),
        });
        await (result as Task ?? throw Function.Unsupported($"what to do with a {Function.Method.ReturnType}"));
    }
}
