namespace Sluice.Server.Import;

/// <summary>Where an import tells a person how it goes.</summary>
internal interface IImportOutput
{
    /// <summary>One line that stays.</summary>
    void Say(string line);

    /// <param name="fraction">How much of the file was read, 0 to 1; null when nobody can know.</param>
    void Report(ImportTally tally, double? fraction);
}
