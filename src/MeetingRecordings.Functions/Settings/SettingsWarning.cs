using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Settings;

/// <summary>Warns at the start of settings that the app does not know: a slip of the pen would otherwise be silent.</summary>
/// <param name="unknown">The settings.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SettingsWarning(IReadOnlyList<UnknownSetting> unknown, ILogger<SettingsWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var setting in unknown)
        {
            Log.Unknown(logger, setting.Name, setting.Nearest);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(301, LogLevel.Warning, "The setting {Name} is not known and changes nothing; the nearest one is {Nearest}")]
        public static partial void Unknown(ILogger logger, string name, string nearest);
    }
}
