using System.Globalization;
using Sluice.Server.Configuration;

namespace Sluice.Server.Startup;

/// <summary>Keeps a second server off the data folder. The operating system holds the lock, so a killed process leaves none behind.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _held;

    private DataFolderLock(FileStream held) => _held = held;

    /// <param name="remedy">What else to do than stop the other server.</param>
    /// <exception cref="StartupException">Another server has the folder, or it cannot be written.</exception>
    public static DataFolderLock Take(string folder, string remedy = "or choose another folder with --data")
    {
        try
        {
            CreateFolder(folder);
            // Nobody can read a file that is locked whole, so the process id stands beside it.
            var held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderFile(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(held);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {folder} cannot be written by this user. Change its owner, or choose another folder with --data.");
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && HolderOf(folder) is { } holder && holder != Environment.ProcessId)
        {
            throw new StartupException($"The data folder {folder} is in use by the server with process id {holder}. Stop that one, {remedy}.");
        }
        catch (IOException error)
        {
            throw new StartupException($"The data folder {folder} cannot be used: {error.Message}");
        }
    }

    public void Dispose() => _held.Dispose();

    private static string HolderFile(string folder) => Path.Combine(folder, "lock.pid");

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static int? HolderOf(string folder) =>
        File.Exists(HolderFile(folder)) && int.TryParse(File.ReadAllText(HolderFile(folder)), NumberStyles.None, CultureInfo.InvariantCulture, out var holder) ? holder : null;
}
