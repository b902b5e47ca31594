using System.CommandLine;
using Azure;
using Azure.Messaging.ServiceBus;
using LocalHost.Settings;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace LocalHost.Commands;

/// <summary>What the operator's commands have in common: they work on the namespace and account that the settings name.</summary>
internal static class OperatorCommand
{
    private const int MaxAtOnce = 1000;
    private const int RedirectedWidth = 400;

    /// <summary>The settings file.</summary>
    public static Option<FileInfo> SettingsFile { get; } = new("--settings")
    {
        Description = $"A settings file as Core Tools read it. [default: {LocalSettings.DefaultFile}, if it is there]",
    };

    /// <summary>Where the LocalHost is that the command works on, where no setting says so.</summary>
    public static Option<DirectoryInfo> State { get; } = new("--state")
    {
        Description = "The state folder of the running LocalHost that is meant where no setting names a namespace or an account.",
        DefaultValueFactory = static _ => new DirectoryInfo(LocalFolders.State),
    };

    /// <summary>JSON instead of a table.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object instead of a table." };

    /// <summary>Where tables go: as wide as the terminal, or as they need to be where the output is read by another program.</summary>
    public static IAnsiConsole Console { get; } = CreateConsole();

    /// <summary>Creates the option of how many.</summary>
    /// <param name="description">What of.</param>
    /// <param name="most">The most.</param>
    /// <param name="otherwise">How many where nobody says.</param>
    public static Option<int> MaxOption(string description, int most = MaxAtOnce, int otherwise = 100)
    {
        var option = new Option<int>("--max") { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var count) || count < 1 || count > most))
            {
                result.AddError($"--max: expected a number from 1 to {most}.");
            }
        });
        return option;
    }

    /// <summary>Makes a command do something with services, and tells what fails for reasons outside in one line.</summary>
    /// <param name="command">The command.</param>
    /// <param name="register">Registers what it needs.</param>
    /// <param name="run">Does it.</param>
    public static void SetAction(
        Command command,
        Action<IServiceCollection, IConfiguration> register,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run)
        => SetAction(command, (_, services, settings) => register(services, settings), run);

    /// <summary>The same, where the command's options say what it needs.</summary>
    public static void SetAction(
        Command command,
        Action<ParseResult, IServiceCollection, IConfiguration> register,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run)
    {
        command.Options.Add(SettingsFile);
        command.Options.Add(State);
        command.SetAction((parsed, cancellationToken) => LocalHostCommand.RunAsync(
            async token =>
            {
                var services = Build(ReadSettings(parsed), (services, settings) => register(parsed, services, settings));
                await using (services)
                {
                    return await TellFailuresAsync(() => run(parsed, services, token));
                }
            },
            cancellationToken));
    }

    // A namespace or an account that is named is meant; only where none is, it is the LocalHost that runs.
    private static IConfiguration ReadSettings(ParseResult parsed)
    {
        var file = parsed.GetValue(SettingsFile)?.FullName;
        var named = LocalSettings.Read(file, []);
        string[] places =
            ["ServiceBus", "Manifests", "ServiceBus:fullyQualifiedNamespace", "Manifests:blobServiceUri", "Archive", "Archive:blobServiceUri"];
        if (places.Any(place => !string.IsNullOrEmpty(named[place])))
        {
            return named;
        }

        var state = parsed.GetRequiredValue(State).FullName;
        return StateFolder.SettingsOf(state) is { Count: > 0 } running
            ? LocalSettings.Read(file, running)
            : throw new LocalHostException(
                $"""
                No setting says where the queues and manifests are, and no LocalHost runs with the state folder {state}.
                For Azure set ServiceBus__fullyQualifiedNamespace and Manifests__blobServiceUri (docs/recovery.md), or name a file with --settings.
                """);
    }

    private static IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Console;
        if (System.Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }

    private static ServiceProvider Build(IConfiguration settings, Action<IServiceCollection, IConfiguration> register)
    {
        var services = new ServiceCollection().AddLogging();
        try
        {
            register(services, settings);
        }
        catch (OptionsValidationException e)
        {
            throw new LocalHostException(string.Join(Environment.NewLine, e.Failures), e);
        }

        return services.BuildServiceProvider();
    }

    private static async Task<int> TellFailuresAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (ServiceBusException e)
        {
            throw new LocalHostException($"Service Bus does not answer as it should ({e.Reason}). Check the setting ServiceBus, and your rights on the queues.", e);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            throw new LocalHostException($"Blob Storage does not answer as it should ({(e as RequestFailedException)?.ErrorCode ?? e.GetType().Name}). Check the setting Manifests, and your rights on the container.", e);
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException(e.Message, e);
        }
    }
}
