namespace Sluice.Server.Configuration;

/// <summary>Something that the person who starts Sluice can put right: shown as one line, with exit code 2 and without a stack trace.</summary>
internal class StartupException(string message) : Exception(message);

/// <summary>A setting that cannot be used: its full name, what was given, and what to give instead.</summary>
internal sealed class SettingException(string name, string? given, string fix)
    : StartupException($"Setting {name}: {(given is null ? "" : $"'{given}' cannot be used. ")}{fix}");
