using System.Runtime.CompilerServices;

namespace Sluice.Tests.Approved;

/// <summary>
/// What outsiders hold, kept as files beside this one: a change of it shows in review. <c>SLUICE_APPROVE=1</c> in the environment of the tests
/// rewrites the files; then read the difference before it is committed.
/// </summary>
internal static class ApprovedText
{
    private const string Variable = "SLUICE_APPROVE";

    public static void Check(string name, string text)
    {
        var file = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable(Variable) is "1" or "true")
        {
            File.WriteAllText(file, text);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (approved == text) return;
        var (was, now) = (approved.Split('\n'), text.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(was.Length, now.Length)).First(at => LineAt(was, at) != LineAt(now, at));
        Assert.Fail(
            $"{name} differs from line {line + 1}.\n  approved: {LineAt(was, line)}\n  now:      {LineAt(now, line)}\n" +
            $"Outsiders hold this. If the change is meant, run the tests with {Variable}=1, read the difference, say it in CHANGELOG.md, and commit the file.");
    }

    private static string? LineAt(string[] lines, int at) => at < lines.Length ? lines[at] : null;

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
