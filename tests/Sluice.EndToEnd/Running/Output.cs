using System.Diagnostics;
using System.Text;

namespace Sluice.EndToEnd.Running;

/// <summary>What a process wrote, standard output and error together or apart.</summary>
internal sealed class Output
{
    private readonly StringBuilder _all = new(), _standard = new(), _error = new();

    public string All => Text(_all);

    public string Standard => Text(_standard);

    public string Error => Text(_error);

    public void Attach(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(_standard, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Add(StringBuilder kept, string? line)
    {
        if (line is null) return;
        lock (_all)
        {
            kept.AppendLine(line);
            _all.AppendLine(line);
        }
    }

    private string Text(StringBuilder kept)
    {
        lock (_all) return kept.ToString();
    }
}
