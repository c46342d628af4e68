using System.Diagnostics;

namespace Sluice.Testing;

/// <summary>A disk of a few mebibytes, in memory. Only root may mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <returns>Null where mounting is not permitted, with the reason.</returns>
    public static SmallDisk? TryMount(int mebibytes, out string problem)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-disk-").FullName;
        if (Run("mount", out problem, "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder)) return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    public void Resize(int mebibytes)
    {
        if (!Run("mount", out var problem, "-o", $"remount,size={mebibytes}m", Path)) throw new InvalidOperationException(problem);
    }

    public void Dispose()
    {
        if (Run("umount", out _, Path)) Directory.Delete(Path);
    }

    private static bool Run(string program, out string problem, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            problem = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            problem = error.Message;
            return false;
        }
    }
}
