using Sluice.Server.Apply;

namespace Sluice.Tests.Server.Apply;

/// <summary>Files of destinations, without a disk. Unless a test says otherwise, every variable of the environment holds its own name.</summary>
internal static class Declared
{
    public static DestinationsFile File(string yaml, Func<string, string?>? environment = null, string folder = "/nowhere") =>
        DestinationsFile.Read("d.yaml", new StringReader(yaml), new References(folder, environment ?? (name => name)));

    /// <summary>What is said of a file that cannot be used, without the first line.</summary>
    public static string[] Problems(string yaml, Func<string, string?>? environment = null, string folder = "/nowhere") =>
        Assert.Throws<ApplyException>(() => File(yaml, environment, folder)).Message.Split('\n')[1..];
}
