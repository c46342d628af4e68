using Sluice.Server.Import;

namespace Sluice.Tests.Server.Import;

/// <summary>What an import told.</summary>
internal sealed class Said : IImportOutput
{
    public List<string> Lines { get; } = [];

    public List<(long Records, double? Fraction)> Reports { get; } = [];

    public void Say(string line) => Lines.Add(line);

    public void Report(ImportTally tally, double? fraction) => Reports.Add((tally.Records, fraction));
}
