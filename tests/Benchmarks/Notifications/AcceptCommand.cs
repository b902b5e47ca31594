using System.CommandLine;
using Azure.Messaging.ServiceBus;
using LocalHost.Hosting;
using LocalHost.Settings;
using MeetingRecordings.Functions.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Benchmarks.Notifications;

/// <summary>Hosts the functions for the notifications command, with or without group commit. Not for humans.</summary>
internal static class AcceptCommand
{
    private const string Name = "accept";

    private static readonly Option<bool> Single = new("--single");

    public static Command Create()
    {
        var command = new Command(Name, "Hosts the functions for the notifications command.") { Single };
        command.Hidden = true;
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The program that has it.</summary>
    public static string Program => typeof(AcceptCommand).Assembly.GetName().Name!;

    /// <summary>How to start it.</summary>
    /// <param name="single">Whether every message is a send of its own.</param>
    public static string[] Arguments(bool single) => single ? [Name, Single.Name] : [Name];

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new FunctionHostOptions(LocalSettings.Read(null, [])) { Services = parsed.GetValue(Single) ? SendSingly : null };
        await using var host = await FunctionHost.StartAsync(options, cancellationToken);
        Console.WriteLine(new Uri(host.BaseAddress, "dingtalk/events"));
        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        return 0;
    }

    private static void SendSingly(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<BatchingSender>(
        static provider => new SingleSender(provider.GetRequiredService<ServiceBusClient>().CreateSender(Load.LoadServices.Queue))));
}
