using System.Globalization;

namespace Sluice.Destinations.Files;

/// <summary>Full files get a number at their end: 1 is the newest. Renaming is all that happens to them, so what reads one goes on reading it.</summary>
internal static class Rotation
{
    public static void PutAside(string path, int keep)
    {
        // Numbers behind a hole need not move: a process that was killed in here leaves one.
        var free = Enumerable.Range(1, keep).FirstOrDefault(number => !File.Exists(Numbered(path, number)), keep);
        for (var number = free; number > 1; number--) File.Move(Numbered(path, number - 1), Numbered(path, number), overwrite: true);
        File.Move(path, Numbered(path, 1), overwrite: true);
    }

    private static string Numbered(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
