using Spectre.Console;

namespace Sluice.Server.Import;

/// <summary>A bar that moves, for a person at a terminal; what is said stands above it.</summary>
internal sealed class LiveOutput : IImportOutput
{
    private readonly IAnsiConsole _console;
    private readonly ProgressTask _bar;
    private readonly ImportPace _pace;

    private LiveOutput(IAnsiConsole console, ProgressTask bar, TimeProvider time) => (_console, _bar, _pace) = (console, bar, new ImportPace(time));

    public static async Task RunAsync(IAnsiConsole console, TimeProvider time, Func<IImportOutput, Task> import) => await console.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(progress => import(new LiveOutput(console, progress.AddTask("reading", maxValue: 1), time)));

    public void Say(string line) => _console.WriteLine(line);

    public void Report(ImportTally tally, double? fraction)
    {
        _bar.Description = Markup.Escape(_pace.Text(tally));
        _bar.IsIndeterminate = fraction is null;
        _bar.Value = fraction ?? 0;
    }
}
