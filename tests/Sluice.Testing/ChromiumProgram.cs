namespace Sluice.Testing;

/// <summary>Chromium as packages install it. The one that has no window at all does the same work for half of the CPU.</summary>
public static class ChromiumProgram
{
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    /// <exception cref="InvalidOperationException">There is none on this machine.</exception>
    public static string Find() =>
        Programs.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is not on this machine. Install it (Debian: apt install chromium-headless-shell); ./test does so where it may.");
}
