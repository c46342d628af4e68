using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sluice.Server.Commands;

/// <summary>A command whose own help ends with a lesson: settings and examples. In its parent's list only the summary stands.</summary>
internal sealed class TaughtCommand(string name, string summary, string lesson) : Command(name, summary)
{
    public string Lesson => lesson;
}

/// <summary>The usual help, then the command's lesson.</summary>
internal sealed class TeachingHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    public static Option Option()
    {
        var option = new HelpOption();
        option.Action = new TeachingHelp();
        return option;
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is TaughtCommand taught) parseResult.InvocationConfiguration.Output.WriteLine(taught.Lesson);
        return result;
    }
}
