using Microsoft.Extensions.Logging.Console;

namespace Sluice.Server.Startup;

/// <summary>Logs go to standard error, a line each: standard output is for the banner and for destinations of kind <c>stdout</c>.</summary>
internal static class LoggingSetup
{
    /// <param name="hasStarted">Until then the host's own errors are left out: the command says in one line why a start failed.</param>
    public static void AddLogging(this WebApplicationBuilder builder, Func<bool> hasStarted)
    {
        var logging = builder.Logging;
        logging.ClearProviders();
        logging.AddFilter(null, LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting", level => level >= LogLevel.Warning && hasStarted());
        logging.AddConfiguration(builder.Configuration.GetSection("Logging"));   // again, so that users' levels win over ours
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            options.ColorBehavior = Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
