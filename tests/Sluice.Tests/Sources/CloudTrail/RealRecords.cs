using System.IO.Compression;

namespace Sluice.Tests.Sources.CloudTrail;

/// <summary>2,900 real CloudTrail records, where they are: in the folder <c>shared</c> beside the repository.</summary>
internal static class RealRecords
{
    public static DirectoryInfo Repository { get; } = Root();

    public static string Path { get; } = System.IO.Path.Combine(Repository.Parent?.FullName ?? "", "shared", "data", "cloudtrail", "cloudtrail.ndjson.gz");

    public static List<string> OrSkip()
    {
        Assert.SkipUnless(File.Exists(Path), $"The real CloudTrail records are not on this machine: {Path}");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path), CompressionMode.Decompress));
        var records = new List<string>();
        while (reader.ReadLine() is { } line) records.Add(line);
        return records;
    }

    private static DirectoryInfo Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Sluice.slnx"))) folder = folder.Parent;
        return folder;
    }
}
