using System.Globalization;

namespace Sluice.EndToEnd.Running;

/// <summary>Resident memory of a process, in MiB: now, and the most it ever had.</summary>
internal readonly record struct ProcessMemory(int Now, int Most)
{
    public static ProcessMemory Of(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/status");
        return new ProcessMemory(Mebibytes(lines, "VmRSS:"), Mebibytes(lines, "VmHWM:"));
    }

    private static int Mebibytes(string[] lines, string name)
    {
        var line = lines.Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024;
    }
}
