using Microsoft.Extensions.Logging.Console;

namespace LocalHost.Hosting;

/// <summary>Logs on the console.</summary>
internal static class LocalConsole
{
    /// <summary>Logs one line an event to standard error, so that standard output is the command's own.</summary>
    public static void AddLocalConsole(this ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        // The framework and the SDKs tell every request; the functions tell what matters of it. A start that fails is told once, by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);
        logging.AddSimpleConsole(static console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
