using System.Globalization;

namespace Sluice.Testing;

/// <summary>PostgreSQL's programs as packages install them: Debian and its kin keep them out of the path, a folder for each version.</summary>
public static class PostgresPrograms
{
    private const string Versions = "/usr/lib/postgresql";

    /// <exception cref="InvalidOperationException">There is no PostgreSQL on this machine.</exception>
    public static string Find(string program) =>
        Folders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"PostgreSQL's {program} is not on this machine. Install PostgreSQL 15 or later (Debian, Ubuntu: apt install postgresql); ./test does so where it may.");

    private static IEnumerable<string> Folders()
    {
        var installed = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : Enumerable.Empty<string>();
        return installed.Select(folder => Path.Combine(folder, "bin")).Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
    }
}
